"""How far two ranked lists agree, as the user explorer states it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from recexplainer_core.evaluation.fidelity.metrics import order_agreement, rank_biased_overlap


@dataclass(frozen=True)
class Agreement:
    """Agreement of two top-k lists.

    Args:
        same_first: whether both begin with the same item.
        shared: number of items in both lists.
        length: length of the longer list.
        order: Kendall's tau over the shared items, from -1 (reversed) to 1 (same order); None below two.
        overlap: rank-biased overlap, from 0 to 1 for equal lists; early ranks count more.
    """

    same_first: bool
    shared: int
    length: int
    order: float | None
    overlap: float


def list_agreement(target: Sequence[int], predicted: Sequence[int]) -> Agreement:
    """Compare two lists of distinct items, best first."""
    return Agreement(
        same_first=bool(target) and bool(predicted) and target[0] == predicted[0],
        shared=len(set(target) & set(predicted)),
        length=max(len(target), len(predicted)),
        order=order_agreement(target, predicted),
        overlap=rank_biased_overlap(target, predicted),
    )
