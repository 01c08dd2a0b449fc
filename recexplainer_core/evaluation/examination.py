"""What held-out users are asked about: the same questions for every mode, with the target's answers.

Everything is drawn from a seed and the user's number alone, so a user's questions are the same whoever else is
measured, and in whichever process.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from recexplainer_core.alignment.judgements import BANDS, RANKED, chance_of_yes
from recexplainer_core.histories import Histories, IntArray
from recexplainer_core.recommenders.base import Recommender, top_items

LIST_LENGTH = 10
EDITS = 3
"""Edited histories a user."""
VERDICT = 0.35
"""The target's verdict on an item is yes up to this part of its order: half-way between its bands of yes and no."""

Items = tuple[int, ...]


@dataclass(frozen=True)
class Edit:
    """One edited history, and what the target makes of it.

    Args:
        history: as edited.
        change: of the log-probability that the target's softmax gives the followed item.
        flips: whether the target's verdict on the judged item changes.
    """

    history: Items
    change: float
    flips: bool


@dataclass(frozen=True)
class Sheet:
    """The questions about one user, and the target's answers.

    Args:
        user: index.
        history: all items, oldest first.
        recent: those that count for the target.
        target: its list of unseen items, best first.
        shown: a few unseen items in random order.
        wanted: the same in the target's order.
        judged: one unseen item of each band of the target's order.
        truth: for each of them, how likely "Yes" is right.
        edits: edited histories.
        doubtful: the item on which verdicts are followed through the edits.
    """

    user: int
    history: Items
    recent: Items
    target: Items
    shown: Items
    wanted: Items
    judged: Items
    truth: tuple[float, ...]
    edits: tuple[Edit, ...]
    doubtful: int


def examine(recommender: Recommender, histories: Histories, users: IntArray, seed: int) -> list[Sheet]:
    """Write the sheets of some users, none of whom has seen the whole catalogue.

    Args:
        recommender: the target.
        histories: everybody's histories.
        users: indices.
        seed: of every choice.
    """
    return [_sheet(recommender, histories, int(user), seed) for user in users]


def _sheet(recommender: Recommender, histories: Histories, user: int, seed: int) -> Sheet:
    rng = random.Random(f"{seed}, {user}")
    history = tuple(int(i) for i in histories[user])
    recent = history[-recommender.max_history :]
    target = tuple(r.item for r in top_items(recommender, [recent], LIST_LENGTH, [history])[0])
    edited = [_edit(recent, histories, rng) for _ in range(EDITS)]
    with torch.inference_mode():
        scores = recommender.scores(recommender.user_vectors([recent, *edited])).double()
        shares = scores.log_softmax(1).numpy()
    order = np.argsort(-scores[0].numpy(), kind="stable")
    order = order[~np.isin(order, history)]
    shown = [int(i) for i in rng.sample(order.tolist(), min(RANKED, len(order)))]
    rank = {int(item): place for place, item in enumerate(order)}
    places = [min(int(rng.uniform(*band) * len(order)), len(order) - 1) for band in BANDS]
    doubtful = int(order[min(int(rng.uniform(0, 2 * VERDICT) * len(order)), len(order) - 1)])
    verdicts = [_place(row, doubtful, history) <= VERDICT for row in shares]
    return Sheet(
        user=user,
        history=history,
        recent=recent,
        target=target,
        shown=tuple(shown),
        wanted=tuple(sorted(shown, key=lambda item: rank[item])),
        judged=tuple(int(order[place]) for place in places),
        truth=tuple(chance_of_yes(place / len(order)) for place in places),
        edits=tuple(
            Edit(changed, float(row[target[0]] - shares[0][target[0]]), verdict != verdicts[0])
            for changed, row, verdict in zip(edited, shares[1:], verdicts[1:], strict=True)
        ),
        doubtful=doubtful,
    )


def _edit(recent: Items, histories: Histories, rng: random.Random) -> Items:
    """Drop some items, or put some of another user's items in their places."""
    n = max(1, round(len(recent) * rng.uniform(0.2, 0.8)))
    gone = set(rng.sample(range(len(recent)), min(n, len(recent) - 1) or 1))
    if len(recent) > 1 and rng.random() < 0.5:
        return tuple(item for place, item in enumerate(recent) if place not in gone)
    other = [int(i) for i in histories[rng.randrange(len(histories))]] or list(recent)
    changed = [rng.choice(other) if place in gone else item for place, item in enumerate(recent)]
    return tuple(dict.fromkeys(changed))


def _place(shares: np.ndarray, item: int, seen: Sequence[int]) -> float:
    """Return an item's place among the unseen ones, 0 for the first and 1 for the last."""
    unseen = np.ones(len(shares), dtype=bool)
    unseen[list(seen)] = False
    return float((shares[unseen] > shares[item]).sum() / max(1, unseen.sum()))
