"""Recommendations to be explained for held-out users, and all that the target says about them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.histories import Histories, History, IntArray
from recexplainer_core.rationale.attribution import of_coalitions
from recexplainer_core.rationale.coalitions import EXACT_UP_TO, Coalitions, FloatArray, coalitions
from recexplainer_core.rationale.counterfactual import smallest_decisive_set
from recexplainer_core.rationale.verdict import LISTED
from recexplainer_core.recommenders.base import Recommender, top_items

EXPLAINED = 10
"""The explained item is any of so many first recommendations."""


@dataclass(frozen=True)
class Case:
    """One recommendation to one user.

    Args:
        catalogue: says who has what.
        user: index.
        history: of which at most ten items count, each once.
        known: the target's answers to all subsets of the items that count.
        replaced: the same, where an item that is removed is replaced by another one, as popular.
        effects: [n], Shapley values of the item's score.
        tastes: (attribute, value) pairs that the item has and that are recorded as tastes of the user; empty where
            nothing is recorded.
    """

    catalogue: Catalogue
    user: int
    history: History
    known: Coalitions
    replaced: Coalitions
    effects: FloatArray
    tastes: frozenset[tuple[str, str]]

    @property
    def item(self) -> int:
        """The recommended item."""
        return self.known.item

    @cached_property
    def smallest(self) -> tuple[int, ...] | None:
        """The places of the fewest items whose removal drops the item from the list; None where none does."""
        return smallest_decisive_set(self.known, LISTED)


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
        whole = History.of(histories[int(user)], min(recommender.max_history, EXACT_UP_TO))
        history = History(whole.items, tuple(dict.fromkeys(whole.recent)), whole.seen)
        ranked = [r.item for r in top_items(recommender, [history.recent], EXPLAINED, [history.seen])[0]]
        if not ranked or not history.items:
            continue
        first = rng.choice(ranked)
        rest = [item for item in ranked if item != first]
        for item in (first, *rng.sample(rest, min(each - 1, len(rest)))):
            others = stand_ins(history.recent, {*history.seen, item}, popularity)
            [[known]] = coalitions(recommender, [history], [[item]])
            [[replaced]] = coalitions(recommender, [history], [[item]], [others])
            attribution = of_coalitions(known)
            yield Case(
                catalogue,
                int(user),
                history,
                known,
                replaced,
                attribution.effects,
                recorded_tastes(catalogue, histories, int(user), item),
            )


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
