"""Recommendations to be explained for held-out users, and all that the target says about them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.histories import Histories, IntArray
from recexplainer_core.rationale.coalitions import EXACT_UP_TO, Coalitions, coalitions
from recexplainer_core.rationale.shapley import shapley_values
from recexplainer_core.recommenders.base import Recommender, top_items

EXPLAINED = 10
"""The explained item is any of so many first recommendations."""


@dataclass(frozen=True)
class Case:
    """One recommendation to one user.

    Args:
        user: index.
        seen: the whole history.
        known: the target's answers to all subsets of the items that count.
        replaced: the same, where an item that is removed is replaced by another one, as popular.
        effects: [n], Shapley values of the item's score.
        tastes: (attribute, value) pairs that the item has and that are recorded as tastes of the user; empty where
            nothing is recorded.
    """

    user: int
    seen: tuple[int, ...]
    known: Coalitions
    replaced: Coalitions
    effects: np.ndarray
    tastes: frozenset[tuple[str, str]]

    @property
    def history(self) -> tuple[int, ...]:
        """The items that count, oldest first."""
        return self.known.history

    @property
    def item(self) -> int:
        """The recommended item."""
        return self.known.item


def draw_cases(
    catalogue: Catalogue,
    recommender: Recommender,
    histories: Histories,
    users: IntArray,
    popularity: IntArray,
    seed: int,
    each: int = 1,
) -> Iterator[Case]:
    """Yield `each` cases, at most ten, of every user who has a history and something left to recommend.

    Everything is drawn from the seed and the user's number. Of longer histories the last ten items are explained.
    """
    for user in users:
        rng = random.Random(f"{seed}, reason, {user}")
        seen = tuple(int(i) for i in histories[int(user)])
        history = tuple(dict.fromkeys(seen[-min(recommender.max_history, EXACT_UP_TO) :]))
        ranked = [r.item for r in top_items(recommender, [history], EXPLAINED, [seen])[0]]
        if not ranked or not history:
            continue
        first = rng.choice(ranked)
        rest = [item for item in ranked if item != first]
        for item in (first, *rng.sample(rest, min(each - 1, len(rest)))):
            others = stand_ins(history, {*seen, item}, popularity)
            [[known]] = coalitions(recommender, [history], [[item]], seen=[seen])
            [[replaced]] = coalitions(recommender, [history], [[item]], [others], seen=[seen])
            tastes = recorded_tastes(catalogue, histories, int(user), item)
            yield Case(int(user), seen, known, replaced, shapley_values(known.probabilities), tastes)


def stand_ins(history: Sequence[int], taken: set[int], popularity: IntArray) -> tuple[int, ...]:
    """Return for each item of a history another one of nearly the same popularity, none of them taken or twice."""
    free = [int(i) for i in np.argsort(popularity, kind="stable") if int(i) not in taken]
    found: list[int] = []
    for item in history:
        gaps = [abs(int(popularity[other]) - int(popularity[item])) for other in free]
        found.append(free.pop(int(np.argmin(gaps))) if free else item)
    return tuple(found)


def recorded_tastes(
    catalogue: Catalogue, histories: Histories, user: int, item: int
) -> frozenset[tuple[str, str]]:
    """Return the recorded tastes of a user that an item meets, as (attribute, value); none where none are recorded."""
    wanted = {cause for cause in histories.causes_of(user) or () if cause}
    return frozenset(
        (name, value)
        for name in catalogue.attributes
        for value in catalogue.values(item, name)
        if any(_is_taste(cause, name, value) for cause in wanted)
    )


def _is_taste(cause: str, attribute: str, value: str) -> bool:
    """Return whether a cause such as "theme: solitude" names this value of the attribute, "themes" for example."""
    kind, _, named = cause.partition(": ")
    return named == value and attribute.startswith(kind)
