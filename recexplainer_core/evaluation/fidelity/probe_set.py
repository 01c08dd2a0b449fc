"""What held-out users are asked about: the same questions for every mode, with the target's answers.

Everything is drawn from a seed and the user's number alone, so a user's questions are the same whoever else is
measured, and in whichever process.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any

import numpy as np
import torch

from recexplainer_core.alignment.target_order import BANDS, chance_of_yes, unseen_in_order
from recexplainer_core.alignment.tasks.base import TASKS
from recexplainer_core.alignment.tasks.ranking import RANKED
from recexplainer_core.catalogue import Catalogue
from recexplainer_core.histories import Histories, History, IntArray
from recexplainer_core.recommenders.base import Recommender

LIST_LENGTH = 10
EDITS = 3
"""Edited histories a user."""
VERDICT = 0.35
"""The target's verdict on an item is yes up to this part of its order: half-way between its bands of yes and no."""

Items = tuple[int, ...]


@dataclass(frozen=True)
class EditedHistory:
    """One edited history, and what the target makes of it.

    Args:
        history: as edited; everything that the user has seen stays seen.
        change: of the log-probability that the target's softmax gives the followed item.
        flips: whether the target's verdict on the judged item changes.
    """

    history: History
    change: float
    flips: bool


@dataclass(frozen=True)
class ProbeSet:
    """The questions about one user, and the target's answers.

    Args:
        user: index.
        history: as the target takes it.
        target: its list of unseen items, best first.
        shown: a few unseen items in random order.
        wanted: the same in the target's order.
        judged: one unseen item of each band of the target's order.
        truth: for each of them, how likely "Yes" is right.
        edits: edited histories.
        doubtful: the item on which verdicts are followed through the edits.
        of_tasks: task -> question of its own probe.
    """

    user: int
    history: History
    target: Items
    shown: Items
    wanted: Items
    judged: Items
    truth: tuple[float, ...]
    edits: tuple[EditedHistory, ...]
    doubtful: int
    of_tasks: Mapping[str, Any] = field(default_factory=dict)


def examine(
    catalogue: Catalogue, recommender: Recommender, histories: Histories, users: IntArray, seed: int
) -> list[ProbeSet]:
    """Draw the probe sets of some users, none of whom has seen the whole catalogue.

    Args:
        catalogue: items.
        recommender: the target.
        histories: everybody's histories.
        users: indices.
        seed: of every choice.
    """
    return [_probe_set(catalogue, recommender, histories, int(user), seed) for user in users]


def _probe_set(
    catalogue: Catalogue, recommender: Recommender, histories: Histories, user: int, seed: int
) -> ProbeSet:
    rng = random.Random(f"{seed}, {user}")
    history = History.of(histories[user], recommender.max_history)
    recent = history.recent
    order = [int(item) for item in unseen_in_order(recommender, [recent], [history.items])[0]]
    target = tuple(order[:LIST_LENGTH])
    rank = {item: place for place, item in enumerate(order)}
    shown = rng.sample(order, min(RANKED, len(order)))
    places = [_within(band, len(order), rng) for band in BANDS]
    doubtful = order[_within((0.0, 2 * VERDICT), len(order), rng)]
    edited = [_edit(recent, histories, {target[0], doubtful}, rng) for _ in range(EDITS)]
    with torch.inference_mode():
        scores = recommender.scores(recommender.user_vectors([recent, *edited])).double()
        log_probabilities = scores.log_softmax(1).numpy()
    before, *after = log_probabilities
    verdicts = [_place(row, doubtful, history.items) <= VERDICT for row in log_probabilities]
    return ProbeSet(
        user=user,
        history=history,
        target=target,
        shown=tuple(shown),
        wanted=tuple(sorted(shown, key=lambda item: rank[item])),
        judged=tuple(order[place] for place in places),
        truth=tuple(chance_of_yes(place / len(order)) for place in places),
        edits=tuple(
            EditedHistory(
                History.of(changed, seen=history.seen),
                float(row[target[0]] - before[target[0]]),
                verdict != verdicts[0],
            )
            for changed, row, verdict in zip(edited, after, verdicts[1:], strict=True)
        ),
        doubtful=doubtful,
        of_tasks=_questions_of_tasks(catalogue, recommender, history, f"{seed}, {user}"),
    )


def _questions_of_tasks(
    catalogue: Catalogue, recommender: Recommender, history: History, seed: str
) -> dict[str, Any]:
    """Return task -> question for the tasks that bring a probe, each drawn from an rng of its own."""
    drawn = {
        name: task.probe.question(catalogue, recommender, history, random.Random(f"{seed}, {name}"))
        for name, task in TASKS.items()
        if task.probe
    }
    return {name: question for name, question in drawn.items() if question is not None}


def _within(band: tuple[float, float], n: int, rng: random.Random) -> int:
    """Draw one of the n places of an order that lies within a band of it, the nearest where none does."""
    first, behind = ceil(band[0] * n), ceil(band[1] * n)
    return min(rng.randrange(first, max(first + 1, behind)), n - 1)


def _edit(recent: Items, histories: Histories, followed: set[int], rng: random.Random) -> Items:
    """Drop some items, or put some of another user's items in their places, but none of those that are followed."""
    n = max(1, round(len(recent) * rng.uniform(0.2, 0.8)))
    replaced = set(rng.sample(range(len(recent)), max(1, min(n, len(recent) - 1))))
    if len(recent) > 1 and rng.random() < 0.5:
        return tuple(item for place, item in enumerate(recent) if place not in replaced)
    other = [int(i) for i in histories[rng.randrange(len(histories))] if int(i) not in followed]
    changed = [
        rng.choice(other or recent) if place in replaced else item for place, item in enumerate(recent)
    ]
    return tuple(dict.fromkeys(changed))


def _place(scores: np.ndarray, item: int, seen: Sequence[int]) -> float:
    """Return an item's place among the unseen ones by scores [n_items], 0 for the first and 1 for the last."""
    unseen = np.ones(len(scores), dtype=bool)
    unseen[list(seen)] = False
    return float((scores[unseen] > scores[item]).sum() / max(1, unseen.sum()))
