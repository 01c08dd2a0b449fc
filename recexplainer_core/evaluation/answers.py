"""What one mode, or a baseline that knows nothing of the user, answers to the sheets of held-out users."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from recexplainer_core.alignment.judgements import BANDS
from recexplainer_core.catalogue import Catalogue, normalise_title
from recexplainer_core.evaluation.examination import LIST_LENGTH, VERDICT, Items, Sheet
from recexplainer_core.histories import IntArray
from recexplainer_core.recommenders.base import Recommender, top_items
from recexplainer_core.surrogate.engine import Engine
from recexplainer_core.surrogate.interview import Interview
from recexplainer_core.surrogate.modes import AlignmentMode

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
        in_catalogue: whether the next item said unguarded is a title of the catalogue.
    """

    predicted: Items
    order: Items | None = None
    chances: tuple[float, ...] | None = None
    recalled: Items | None = None
    changes: tuple[float, ...] | None = None
    verdicts: tuple[bool, ...] | None = None
    in_catalogue: bool | None = None


def ask(
    engine: Engine, mode: AlignmentMode, sheets: Sequence[Sheet], told: Callable[[int], None]
) -> list[Answers]:
    """Put every question to one mode.

    Args:
        engine: owner of the model.
        mode: the mode that is asked.
        sheets: of the users.
        told: gets the number of users done after every batch.
    """
    interview = Interview(engine, mode)
    known = {normalise_title(title) for title in engine.catalogue.titles}
    answers: list[Answers] = []
    for start in range(0, len(sheets), BATCH):
        answers += _ask(engine, interview, sheets[start : start + BATCH], known)
        told(len(answers))
    return answers


def _ask(engine: Engine, interview: Interview, sheets: Sequence[Sheet], known: set[str]) -> list[Answers]:
    mode, recent = interview.mode, [sheet.recent for sheet in sheets]
    lists = engine.predict(recent, [mode] * len(sheets), LIST_LENGTH, [sheet.history for sheet in sheets])
    orders = interview.rank(recent, [sheet.shown for sheet in sheets])
    judged = [(s.recent, item) for s in sheets for item in s.judged]
    chances = interview.chance_of_yes([h for h, _ in judged], [item for _, item in judged])
    recalled: list[list[int]] | None = None
    if mode.shows_vectors:
        recalled = interview.recall(recent, engine.recommender.max_history)
    versions = [(s, h) for s in sheets for h in (s.recent, *(edit.history for edit in s.edits))]
    histories = [h for _, h in versions]
    scores = interview.title_scores(histories, [s.target[0] for s, _ in versions])
    verdicts = interview.chance_of_yes(histories, [s.doubtful for s, _ in versions])
    texts = interview.unguarded(recent)
    found: list[Answers] = []
    for row, sheet in enumerate(sheets):
        bands = slice(row * len(BANDS), (row + 1) * len(BANDS))
        n = 1 + len(sheet.edits)
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
            )
        )
    return found


def by_popularity(popularity: IntArray, sheets: Sequence[Sheet]) -> list[Answers]:
    """Answer for everybody with what is popular; "Yes" to what is in the most popular part of the catalogue."""
    best = np.argsort(-popularity, kind="stable")
    place = np.empty(len(best))
    place[best] = np.arange(len(best)) / len(best)
    return [
        Answers(
            predicted=_first_unseen(best, sheet),
            order=tuple(sorted(sheet.shown, key=lambda item: place[item])),
            chances=tuple(float(place[item] <= VERDICT) for item in sheet.judged),
            recalled=tuple(int(i) for i in best[:LIST_LENGTH]),
        )
        for sheet in sheets
    ]


def by_recommender(recommender: Recommender, sheets: Sequence[Sheet]) -> list[Answers]:
    """Answer with another recommender's lists, orders and scores."""
    histories = [sheet.recent for sheet in sheets]
    lists = top_items(recommender, histories, LIST_LENGTH, [sheet.history for sheet in sheets])
    found: list[Answers] = []
    for sheet, ranked in zip(sheets, lists, strict=True):
        versions = [sheet.recent, *(edit.history for edit in sheet.edits)]
        shares = recommender.scores(recommender.user_vectors(versions)).double().log_softmax(1)
        order = tuple(sorted(sheet.shown, key=lambda item, row=shares[0]: -float(row[item])))  # type: ignore[misc]
        first = shares[:, sheet.target[0]]
        found.append(
            Answers(
                predicted=tuple(r.item for r in ranked),
                order=order,
                changes=tuple((first[1:] - first[0]).tolist()),
            )
        )
    return found


def at_random(catalogue: Catalogue, sheets: Sequence[Sheet], seed: int) -> list[Answers]:
    """Answer anything, from a seed and the user's number."""
    found: list[Answers] = []
    for sheet in sheets:
        rng = random.Random(f"{seed}, random, {sheet.user}")
        items = np.array(rng.sample(range(len(catalogue)), len(catalogue)))
        found.append(
            Answers(
                predicted=_first_unseen(items, sheet),
                order=tuple(rng.sample(sheet.shown, len(sheet.shown))),
                chances=tuple(rng.random() for _ in sheet.judged),
                recalled=tuple(int(i) for i in items[: len(sheet.recent)]),
                changes=tuple(rng.random() for _ in sheet.edits),
                verdicts=tuple(rng.random() < 0.5 for _ in (None, *sheet.edits)),
            )
        )
    return found


def _first_unseen(order: np.ndarray, sheet: Sheet) -> Items:
    kept = order[~np.isin(order, sheet.history)]
    return tuple(int(i) for i in kept[:LIST_LENGTH])
