"""Interests: values that items of a history share with the explained one, and whether the target answers them.

A catalogue without attributes is read by the words of its titles. A number, such as a year, is nobody's taste, and what
most of the catalogue has tells nothing.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from math import comb

from recexplainer_core.catalogue import Catalogue, normalise_title
from recexplainer_core.rationale.removals import Removals

TITLE = "title"
"""The attribute that stands for the words of titles, where a catalogue has no attributes."""
DRAWS = 200
"""Equally large sets that a set is compared with, at most."""
FEWEST = 2
"""Items of a history that have to show an interest: one alone is a reason, but no taste."""
COMMON = 0.5
"""Share of the catalogue from which on a value is no interest."""
CONVINCING = 0.8
"""Share of equally many other items whose removal has to cost less than removing all that have the value."""
CLEARLY = 0.1
"""By how much more another value of the item has to convince for this one not to be the interest."""
_WORD = re.compile(r"[^\W\d_]{4,}")
_EMPTY = frozenset(
    {"with", "from", "that", "this", "your", "their", "into", "pack", "size", "ounce", "count"}
)


@dataclass(frozen=True)
class SharedValue:
    """A value of the explained item, and the places of the history whose items have it, too."""

    attribute: str
    value: str
    places: tuple[int, ...]


def values_of(catalogue: Catalogue, item: int) -> list[tuple[str, str]]:
    """Return the (attribute, value) pairs that can be liked in an item."""
    if any(catalogue.attributes.values()):
        return [
            (name, value)
            for name in catalogue.descriptive
            for value in catalogue.values(item, name)
            if not value.isdigit()
        ]
    words = dict.fromkeys(normalise_title(word) for word in _WORD.findall(catalogue.titles[item]))
    return [(TITLE, word) for word in words if word not in _EMPTY]


def shared_with_history(catalogue: Catalogue, item: int, history: Sequence[int]) -> list[SharedValue]:
    """Return the values of an item that some items of a history have, neither all of them nor most of the catalogue."""
    owned = [set(values_of(catalogue, other)) for other in history]
    found = []
    for attribute, value in values_of(catalogue, item):
        places = tuple(place for place, pairs in enumerate(owned) if (attribute, value) in pairs)
        if 0 < len(places) < len(history) and frequency(catalogue, attribute, value) <= COMMON:
            found.append(SharedValue(attribute, value, places))
    return found


def frequency(catalogue: Catalogue, attribute: str, value: str) -> float:
    """Return the share of the catalogue's items that have a value."""
    if attribute == TITLE:
        return sum(value in normalise_title(title).split() for title in catalogue.titles) / len(catalogue)
    return catalogue.value_counts[attribute, value] / len(catalogue)


def percentile(losses: Mapping[frozenset[int], float], own: frozenset[int]) -> float:
    """Return the share of the other sets whose removal costs less than that of one of them; ties count half."""
    others = [loss for places, loss in losses.items() if places != own]
    if not others:
        return 0.5
    return sum((loss < losses[own]) + 0.5 * (loss == losses[own]) for loss in others) / len(others)


@cache
def sets_like(n: int, places: tuple[int, ...]) -> tuple[frozenset[int], ...]:
    """Return a set of places and others of its size, all of them where they are few, else drawn, always the same."""
    size = len(places)
    if comb(n, size) <= DRAWS:
        return tuple(frozenset(one) for one in combinations(range(n), size))
    rng = random.Random(n * 1000 + size)
    drawn = {frozenset(rng.sample(range(n), size)) for _ in range(DRAWS)}
    return (frozenset(places), *sorted(drawn - {frozenset(places)}, key=sorted))


def conviction(target: Removals, shared: SharedValue) -> float:
    """Return the share of equally many other items of the history whose removal costs the target's score less."""
    history = target.history.recent
    sets = sets_like(len(history), shared.places)
    outcomes = target.ask([[history[place] for place in places] for places in sets])
    losses = {places: -one.probability for places, one in zip(sets, outcomes, strict=True)}
    return percentile(losses, frozenset(shared.places))


def is_interest(catalogue: Catalogue, target: Removals, attribute: str, value: str) -> tuple[bool, str]:
    """Return whether a value is an interest that the target answers, and what was found."""
    history = target.history.recent
    values = shared_with_history(catalogue, target.item, history)
    own = next((one for one in values if (one.attribute, one.value) == (attribute, value)), None)
    if own is None:
        return False, "it is not what some items of the history share with this one"
    convinces = conviction(target, own)
    better = [
        (found, other)
        for other in values
        if other.places != own.places and (found := conviction(target, other)) > convinces + CLEARLY
    ]
    finding = (
        f"taking out the {len(own.places)} that have it costs more than {convinces:.0%} of other such sets"
    )
    if convinces < CONVINCING:
        finding += f", {CONVINCING:.0%} are needed"
    if convinces >= CONVINCING and better:
        found, other = max(better, key=lambda pair: pair[0])
        return False, f"{finding}; {other.value} does better, with {found:.0%}"
    return convinces >= CONVINCING, finding


def any_interest(catalogue: Catalogue, target: Removals) -> bool:
    """Return whether the target answers an interest that at least `FEWEST` items of the history show."""
    return any(
        is_interest(catalogue, target, one.attribute, one.value)[0]
        for one in shared_with_history(catalogue, target.item, target.history.recent)
        if len(one.places) >= FEWEST
    )
