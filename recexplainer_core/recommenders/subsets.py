"""The user vectors of every subset of a history, numbered: bit j of the number says whether item j is in it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Protocol, runtime_checkable

import torch

from recexplainer_core.recommenders.base import Recommender


@runtime_checkable
class KnowsSubsets(Protocol):
    """A recommender with a faster way to all subsets than one by one."""

    def subset_vectors(self, history: Sequence[int]) -> torch.Tensor:
        """Return [2**n, d] for a history of n items, at most `max_history`."""
        ...


def subset_vectors(recommender: Recommender, history: Sequence[int]) -> torch.Tensor:
    """Return the user vectors [2**n, d] of all subsets of a history of n items, at most `max_history`."""
    if isinstance(recommender, KnowsSubsets):
        return recommender.subset_vectors(history)
    return recommender.user_vectors(
        [[history[position] for position in kept] for kept in subsets(len(history))]
    )


@cache
def subsets(n: int) -> tuple[tuple[int, ...], ...]:
    """Return the positions of the items in each subset of n."""
    return tuple(
        tuple(position for position in range(n) if number >> position & 1) for number in range(1 << n)
    )


@cache
def chains(n: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Return how subsets grow, item by item from the oldest.

    Returns:
        [2**n, n + 1], for each subset those that lead to it, the empty one first and itself last, then 0; and how
        many items each has, [2**n].
    """
    rows: list[list[int]] = [[0]]
    for number in range(1, 1 << n):
        rows.append([*rows[number & ~(1 << number.bit_length() - 1)], number])
    sizes = torch.tensor([len(row) - 1 for row in rows])
    return torch.tensor([[*row, *[0] * (n + 1 - len(row))] for row in rows]), sizes
