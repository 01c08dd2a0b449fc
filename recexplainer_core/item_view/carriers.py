"""What carries an item: over many users, which items of their histories speak for it, and what these have in common."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.histories import History, IntArray
from recexplainer_core.rationale.attribution import attribute
from recexplainer_core.rationale.coalitions import EXACT_UP_TO
from recexplainer_core.rationale.interest import values_of
from recexplainer_core.recommenders.base import Recommender

MOST_LOOKED_AT, FEWEST_LOOKED_AT = 40, 8
"""Users whose histories are attributed, at most; and at least, where histories are so long that each takes its time."""
PERMUTATIONS = 16
"""Orders that are sampled of a history that is too long for all its subsets; the mean over users evens them out."""
LIFT = 1.3
"""How much more a value has to bring than its part of the histories for it to stand out."""
SPEAKS = 0.1
"""Part of the item's score that a history item has to bring for it to speak for the item."""


@dataclass(frozen=True)
class Carrier:
    """A history item that speaks for the explained one.

    Args:
        item: the history item.
        users: for how many users it does.
        share: part of the score that it brings there, on the mean; by Shapley values.
    """

    item: int
    users: int
    share: float


@dataclass(frozen=True)
class CarryingValue:
    """A value that history items have in common with the explained one.

    Args:
        attribute: its name.
        value: the value.
        share: part of all that speaks for the item which comes from history items that have the value.
        usual: part of all history items that have it.
    """

    attribute: str
    value: str
    share: float
    usual: float


@dataclass(frozen=True)
class Carried:
    """What carries an item for some users.

    Args:
        asked: how many users.
        carriers: those of most users first.
        values: those that bring clearly more than their part of the histories, the largest difference first.
        unaided: part of the score that the item would have without any history, the median over the users; above 1
            where the histories speak against it. NaN for no users.
        exact: whether every Shapley value is exact; else some are sampled.
    """

    asked: int
    carriers: tuple[Carrier, ...]
    values: tuple[CarryingValue, ...]
    unaided: float
    exact: bool


def looked_at(users: IntArray, max_history: int, seed: int = 0) -> IntArray:
    """Return the users whose histories are attributed: all, or so many drawn that it takes no longer than usual.

    Args:
        users: [n], indices.
        max_history: items of a history that count.
        seed: of the draw.
    """
    usual = MOST_LOOKED_AT << EXACT_UP_TO
    each = 1 << max_history if max_history <= EXACT_UP_TO else PERMUTATIONS * max_history
    most = min(MOST_LOOKED_AT, max(FEWEST_LOOKED_AT, usual // each))
    return users if len(users) <= most else np.random.default_rng(seed).choice(users, most, replace=False)


def carried_by_histories(
    recommender: Recommender, catalogue: Catalogue, histories: Sequence[History], item: int
) -> Carried:
    """Attribute an item for each of some histories, and sum up.

    Args:
        recommender: the target.
        catalogue: says what items have in common.
        histories: n, none of which holds the item.
        item: the explained one.
    """
    own = set(values_of(catalogue, item))
    shares: dict[int, list[float]] = defaultdict(list)
    brought: dict[tuple[str, str], float] = defaultdict(float)
    held: Counter[tuple[str, str]] = Counter()
    everything, held_items = 0.0, 0
    attributed = attribute(recommender, histories, [[item]] * len(histories), PERMUTATIONS)
    for [found] in attributed:
        for other, effect in found.contributions.items():
            part = effect / found.probability if found.probability else 0.0
            common = own.intersection(values_of(catalogue, other))
            held.update(common)
            held_items += 1
            everything += max(part, 0.0)
            for pair in common:
                brought[pair] += max(part, 0.0)
            if part >= SPEAKS:
                shares[other].append(part)
    carriers = [Carrier(one, len(parts), sum(parts) / len(parts)) for one, parts in shares.items()]
    carriers.sort(key=lambda one: (-one.users, -one.share, one.item))
    values = [
        CarryingValue(*pair, part / everything, held[pair] / held_items)
        for pair, part in brought.items()
        if part / (everything or 1.0) >= LIFT * held[pair] / held_items
    ]
    values.sort(key=lambda one: (one.usual - one.share, one.attribute, one.value))
    unaided = [
        1 - float(found.effects.sum()) / found.probability for [found] in attributed if found.probability
    ]
    return Carried(
        len(histories),
        tuple(carriers),
        tuple(values),
        float(np.median(unaided)) if unaided else float("nan"),
        all(not found.error for [found] in attributed),
    )
