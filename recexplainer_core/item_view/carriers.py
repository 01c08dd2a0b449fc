"""What carries an item: over many users, which items of their histories speak for it, and what these have in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.histories import History
from recexplainer_core.rationale.attribution import attribute
from recexplainer_core.rationale.shared_values import shared_values
from recexplainer_core.recommenders.base import Recommender

USERS = 40
"""Users whose histories are attributed, at most."""
COMMON = 0.25
"""Share of the catalogue up to which a value that items have in common tells something."""
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
class Carried:
    """What carries an item for some users.

    Args:
        asked: how many users.
        carriers: those of most users first.
        values: (attribute, value, share) that history items have in common with the item and most of the catalogue has
            not, and which part of all that speaks for it comes from items that have it; the largest part first.
    """

    asked: int
    carriers: tuple[Carrier, ...]
    values: tuple[tuple[str, str, float], ...]


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
    shares: dict[int, list[float]] = defaultdict(list)
    of_value: dict[tuple[str, str], float] = defaultdict(float)
    everything = 0.0
    for [found] in attribute(recommender, histories, [[item]] * len(histories)) if histories else ():
        for other, effect in found.contributions.items():
            part = effect / found.probability
            if part <= 0:
                continue
            everything += part
            for pair in shared_values(catalogue, other, item):
                if catalogue.value_counts[pair] <= COMMON * len(catalogue):
                    of_value[pair] += part
            if part >= SPEAKS:
                shares[other].append(part)
    carriers = [Carrier(one, len(parts), sum(parts) / len(parts)) for one, parts in shares.items()]
    carriers.sort(key=lambda one: (-one.users, -one.share, one.item))
    values = sorted(
        ((*pair, part / everything) for pair, part in of_value.items()), key=lambda one: (-one[2], one[:2])
    )
    return Carried(len(histories), tuple(carriers), tuple(values))
