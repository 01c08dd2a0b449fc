"""What two items have in common, and how a reason remarks on it, in brackets behind a cited title."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.surrogate.patterns import fill, joined
from recexplainer_core.surrogate.segments import Prompt, Template

SHARED: Mapping[str, tuple[str, ...]] = {
    "director": ("also directed by {value}", "also by {value}", "the same director, {value}"),
    "genres": ("{value} as well", "also {value}", "{value} too"),
    "themes": ("on the same theme, {value}", "also about {value}", "about {value} as well"),
    "mood": ("just as {value}", "with the same {value} mood", "equally {value}"),
    "decade": ("also from the {value}", "from the {value} too", "the {value} again"),
    "year": ("also from {value}", "of the same year, {value}"),
    "country": ("the same country, {value}", "{value} again"),
}
"""Patterns of a remark, by attribute."""
BREADTH = 1 / 3
"""Power of an item's pull in the support of what it shares: what many items have is to win over what one has.

Chosen on 269 choices of the demo's training users behind which a taste is recorded: with it the teacher names that
taste in .81 of them, without it (at 1) in .72.
"""
SHARED_OTHERWISE = ("the same {name}, {value}", "with the {name} {value} too")


def shared_values(catalogue: Catalogue, item: int, other: int) -> list[tuple[str, str]]:
    """Return the (attribute, value) pairs that the catalogue gives for both items."""
    return [
        (name, value)
        for name in catalogue.attributes
        for value in catalogue.values(item, name)
        if value in catalogue.values(other, name)
    ]


def frequencies(catalogue: Catalogue) -> dict[tuple[str, str], int]:
    """Return how many items have each (attribute, value) pair."""
    counts: dict[tuple[str, str], int] = {}
    for name, column in catalogue.attributes.items():
        for values in column:
            for value in values:
                counts[name, value] = counts.get((name, value), 0) + 1
    return counts


def support(
    catalogue: Catalogue,
    frequency: Mapping[tuple[str, str], int],
    item: int,
    pulls: Iterable[tuple[int, float]],
) -> dict[tuple[str, str], float]:
    """Return how well each (attribute, value) pair of an item is supported by a history.

    A value is supported by all items of the history that have it, as far as they speak for the item, and the more the
    rarer it is in the catalogue.

    Args:
        catalogue: says who has what.
        frequency: of each pair, see `frequencies`.
        item: the explained item.
        pulls: items of the history, each with how much it speaks for the explained one.
    """
    found: dict[tuple[str, str], float] = {}
    for other, pull in pulls:
        for pair in shared_values(catalogue, other, item) if pull > 0 else ():
            telling = math.log(len(catalogue) / frequency[pair])
            found[pair] = found.get(pair, 0.0) + pull**BREADTH * telling
    return found


def remarks(name: str, value: str) -> list[Prompt]:
    """Return every way to remark that an attribute's value is shared, the bracket that closes it left out."""
    patterns = SHARED.get(name, SHARED_OTHERWISE)
    return [joined((Template(" ("), *fill(pattern, {"value": value, "name": name}))) for pattern in patterns]
