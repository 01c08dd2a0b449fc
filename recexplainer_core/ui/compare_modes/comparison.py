"""How the lists of several modes differ from each other and from the target's: item by item, and as wholes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import combinations
from statistics import mean

from recexplainer_core.evaluation.fidelity.metrics import rank_biased_overlap
from recexplainer_core.modes import AlignmentMode

Lists = Mapping[AlignmentMode, Sequence[int]]
"""Mode -> its items, best first."""


class Standing(StrEnum):
    """Who else names an item that a mode names."""

    EVERY = "every"
    SOME = "some"
    ALONE = "alone"


def compared(modes: Sequence[AlignmentMode]) -> tuple[AlignmentMode, ...]:
    """Return the modes whose differences count: the aligned ones, where there are two; else all of them.

    The model before alignment differs from everything, and would hide what the others do.
    """
    aligned = tuple(mode for mode in modes if mode is not AlignmentMode.NONE)
    return aligned if len(aligned) > 1 else tuple(modes)


def named_by(lists: Lists, item: int) -> tuple[AlignmentMode, ...]:
    """Return the modes whose lists hold an item."""
    return tuple(mode for mode, items in lists.items() if item in items)


def standing(lists: Lists, item: int) -> Standing:
    """Tell whether every mode of `compared` names an item, or a single mode, or something between."""
    named = named_by(lists, item)
    if set(compared(list(lists))) <= set(named):
        return Standing.EVERY
    return Standing.ALONE if len(named) == 1 else Standing.SOME


def missed(target: Sequence[int], predicted: Sequence[int]) -> list[int]:
    """Return the places, counted from 1, of the target's items that a list does not hold."""
    return [place for place, item in enumerate(target, start=1) if item not in predicted]


def disagreement(lists: Lists) -> float:
    """Return 1 minus the mean rank-biased overlap of every two lists of `compared`: 0 where all are equal."""
    pairs = list(combinations([lists[mode] for mode in compared(list(lists))], 2))
    return 1 - mean(rank_biased_overlap(one, other) for one, other in pairs) if pairs else 0.0


def first_choices(lists: Lists) -> int:
    """Return how many different items the lists of `compared` begin with."""
    return len({tuple(lists[mode][:1]) for mode in compared(list(lists))})


def named_by_every(lists: Lists) -> list[int]:
    """Return the items that every mode of `compared` names, in the order of the first of them."""
    first, *others = (lists[mode] for mode in compared(list(lists)))
    return [item for item in first if all(item in other for other in others)]
