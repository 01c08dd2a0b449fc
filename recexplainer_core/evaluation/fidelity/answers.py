"""What one mode, or a baseline that knows nothing of the user, answers to the probe sets of held-out users."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from recexplainer_core.alignment.target_order import BANDS
from recexplainer_core.alignment.tasks.base import TASKS
from recexplainer_core.catalogue import Catalogue, normalise_title
from recexplainer_core.evaluation.fidelity.probe_set import LIST_LENGTH, VERDICT, Items, ProbeSet
from recexplainer_core.histories import IntArray
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.recommenders.base import Recommender, top_items
from recexplainer_core.surrogate.engine import Engine
from recexplainer_core.surrogate.probes import Probes

BATCH = 16


@dataclass(frozen=True)
class Answers:
    """Answers about one user; None where a question cannot be put.

    Args:
        predicted: list of unseen items, best first.
        order: the items shown, in order of preference.
        chances: of "Yes" for each judged item.
        recalled: items read out of the user's vector.
        changes: of the followed item's score, for each edit.
        verdicts: yes or no on the doubtful item: for the history as it is, then for each edit.
        in_catalogue: whether the next item named unguarded is a title of the catalogue.
        of_tasks: task -> reply to the question of its own probe.
    """

    predicted: Items
    order: Items | None = None
    chances: tuple[float, ...] | None = None
    recalled: Items | None = None
    changes: tuple[float, ...] | None = None
    verdicts: tuple[bool, ...] | None = None
    in_catalogue: bool | None = None
    of_tasks: Mapping[str, Any] = field(default_factory=dict)


def ask(
    engine: Engine, mode: AlignmentMode, probe_sets: Sequence[ProbeSet], on_progress: Callable[[int], None]
) -> list[Answers]:
    """Put every question to one mode.

    Args:
        engine: owner of the model.
        mode: the mode that is asked.
        probe_sets: of the users.
        on_progress: gets the number of users done after every batch.
    """
    probes = Probes(engine, mode)
    known = {normalise_title(title) for title in engine.catalogue.titles}
    answers: list[Answers] = []
    for start in range(0, len(probe_sets), BATCH):
        answers += _ask(engine, probes, probe_sets[start : start + BATCH], known)
        on_progress(len(answers))
    return answers


def _ask(engine: Engine, probes: Probes, probe_sets: Sequence[ProbeSet], known: set[str]) -> list[Answers]:
    mode, histories = probes.mode, [probe_set.history for probe_set in probe_sets]
    lists = engine.predict(histories, [mode] * len(probe_sets), LIST_LENGTH)
    orders = probes.rank(histories, [probe_set.shown for probe_set in probe_sets])
    judged = [(s.history, item) for s in probe_sets for item in s.judged]
    chances = probes.chances_of_interest([h for h, _ in judged], [item for _, item in judged])
    recalled: list[list[int]] | None = None
    if mode.shows_vectors:
        recalled = probes.recall(histories, engine.recommender.max_history)
    texts = probes.unguarded(histories)
    versions = [(s, h) for s in probe_sets for h in (s.history, *(edit.history for edit in s.edits))]
    scores = probes.title_scores([h for _, h in versions], [s.target[0] for s, _ in versions])
    verdicts = probes.chances_of_interest([h for _, h in versions], [s.doubtful for s, _ in versions])
    of_tasks = _replies(probes, probe_sets)
    found: list[Answers] = []
    for row, probe_set in enumerate(probe_sets):
        bands = slice(row * len(BANDS), (row + 1) * len(BANDS))
        n = 1 + len(probe_set.edits)
        before, *after = scores[row * n : (row + 1) * n]
        found.append(
            Answers(
                predicted=tuple(p.item for p in lists[row]),
                order=tuple(orders[row]),
                chances=tuple(chances[bands]),
                recalled=None if recalled is None else tuple(recalled[row]),
                changes=tuple(score - before for score in after),
                verdicts=tuple(chance >= 0.5 for chance in verdicts[row * n : (row + 1) * n]),
                in_catalogue=normalise_title(texts[row]) in known,
                of_tasks=of_tasks[row],
            )
        )
    return found


def _replies(probes: Probes, probe_sets: Sequence[ProbeSet]) -> list[dict[str, Any]]:
    """Return for each user task -> reply, for the tasks that bring a probe."""
    found: list[dict[str, Any]] = [{} for _ in probe_sets]
    for name, task in TASKS.items():
        rows = [row for row, probe_set in enumerate(probe_sets) if name in probe_set.of_tasks]
        if task.probe is None or not rows:
            continue
        questions = [probe_sets[row].of_tasks[name] for row in rows]
        replies = task.probe.replies(probes, [probe_sets[row].history for row in rows], questions)
        for row, reply in zip(rows, replies, strict=True):
            if reply is not None:
                found[row][name] = reply
    return found


def by_popularity(popularity: IntArray, probe_sets: Sequence[ProbeSet]) -> list[Answers]:
    """Answer for everybody with what is popular; "Yes" to what is in the most popular part of the catalogue."""
    best = np.argsort(-popularity, kind="stable")
    place = np.empty(len(best))
    place[best] = np.arange(len(best)) / len(best)
    return [
        Answers(
            predicted=_first_unseen(best, probe_set),
            order=tuple(sorted(probe_set.shown, key=lambda item: place[item])),
            chances=tuple(float(place[item] <= VERDICT) for item in probe_set.judged),
            recalled=tuple(int(i) for i in best[:LIST_LENGTH]),
        )
        for probe_set in probe_sets
    ]


def by_recommender(recommender: Recommender, probe_sets: Sequence[ProbeSet]) -> list[Answers]:
    """Answer with another recommender's lists, orders and scores."""
    histories = [probe_set.history for probe_set in probe_sets]
    lists = top_items(recommender, [h.recent for h in histories], LIST_LENGTH, [h.items for h in histories])
    found: list[Answers] = []
    for probe_set, ranked in zip(probe_sets, lists, strict=True):
        versions = [probe_set.history.recent, *(edit.history.recent for edit in probe_set.edits)]
        log_probabilities = recommender.scores(recommender.user_vectors(versions)).double().log_softmax(1)
        scores = log_probabilities[0].tolist()
        order = tuple(sorted(probe_set.shown, key=lambda item, scores=scores: -scores[item]))  # type: ignore[misc]
        first = log_probabilities[:, probe_set.target[0]]
        found.append(
            Answers(
                predicted=tuple(r.item for r in ranked),
                order=order,
                changes=tuple((first[1:] - first[0]).tolist()),
            )
        )
    return found


def at_random(catalogue: Catalogue, probe_sets: Sequence[ProbeSet], seed: int) -> list[Answers]:
    """Answer anything, from a seed and the user's number."""
    found: list[Answers] = []
    for probe_set in probe_sets:
        rng = random.Random(f"{seed}, random, {probe_set.user}")
        items = np.array(rng.sample(range(len(catalogue)), len(catalogue)))
        found.append(
            Answers(
                predicted=_first_unseen(items, probe_set),
                order=tuple(rng.sample(probe_set.shown, len(probe_set.shown))),
                chances=tuple(rng.random() for _ in probe_set.judged),
                recalled=tuple(int(i) for i in items[: len(probe_set.history.recent)]),
                changes=tuple(rng.random() for _ in probe_set.edits),
                verdicts=tuple(rng.random() < 0.5 for _ in (None, *probe_set.edits)),
            )
        )
    return found


def _first_unseen(order: np.ndarray, probe_set: ProbeSet) -> Items:
    kept = order[~np.isin(order, probe_set.history.items)]
    return tuple(int(i) for i in kept[:LIST_LENGTH])
