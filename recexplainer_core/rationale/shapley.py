"""Shapley values and what goes with them, from a game's values of all subsets of n players.

Subsets are numbered: bit j of the number says whether player j is in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from math import comb

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


def shapley_values(values: FloatArray) -> FloatArray:
    """Return each player's mean contribution over all orders of joining, [n]; they add up to v(all) - v(none).

    Args:
        values: [2**n], of every subset.
    """
    found: FloatArray = _shapley_weights(_players(values)) @ values
    return found


def single_effects(values: FloatArray) -> FloatArray:
    """Return what all players lose when one of them leaves, [n]."""
    everybody = len(values) - 1
    return np.array(
        [values[everybody] - values[everybody & ~(1 << player)] for player in range(_players(values))]
    )


def interaction_values(values: FloatArray) -> FloatArray:
    """Return how much more two players bring together than each alone, in the mean over who else is there, [n, n].

    The Shapley interaction index (Grabisch and Roubens 1999); 0 on the diagonal.
    """
    found: FloatArray = _interaction_weights(_players(values)) @ values
    return found


def sampled_shapley_values(
    value: Callable[[Sequence[tuple[int, ...]]], FloatArray], n: int, permutations: int, seed: int
) -> tuple[FloatArray, FloatArray]:
    """Return Shapley values and their standard errors, both [n, k], from random orders of joining.

    Orders come in pairs, one the reverse of the other, so that early and late places even out.

    Args:
        value: gives k values for each of some subsets, which are sorted tuples of players.
        n: players.
        permutations: orders, rounded up to an even number.
        seed: of the orders.
    """
    rng = np.random.default_rng(seed)
    pairs = []
    for _ in range(-(-permutations // 2)):
        order = rng.permutation(n)
        gains = []
        for joining in (order, order[::-1]):
            grown = [tuple(sorted(joining[:size].tolist())) for size in range(n + 1)]
            gain = np.empty_like(steps := np.diff(value(grown), axis=0))
            gain[joining] = steps
            gains.append(gain)
        pairs.append(sum(gains) / 2)
    table = np.array(pairs)
    spread = table.std(0, ddof=1) if len(table) > 1 else np.full(table.shape[1:], np.inf)
    return table.mean(0), spread / np.sqrt(len(table))


def _players(values: FloatArray) -> int:
    return len(values).bit_length() - 1


@cache
def _shapley_weights(n: int) -> FloatArray:
    """Return how much the value of each subset counts in each player's, [n, 2**n]."""
    by_size = np.array([*(1 / (n * comb(n - 1, size)) for size in range(n)), 0.0])
    inside = _membership(n)
    sizes = inside.sum(0)
    weights: FloatArray = np.where(inside, by_size[sizes - 1], -by_size[sizes])
    return weights


@cache
def _interaction_weights(n: int) -> FloatArray:
    """Return how much the value of each subset counts in what two players bring together, [n, n, 2**n]."""
    if n < 2:
        return np.zeros((n, n, 1 << n))
    by_size = np.array([1 / ((n - 1) * comb(n - 2, size)) for size in range(n - 1)])
    inside = _membership(n).astype(np.int64)
    both = inside[:, None] + inside[None]
    others = np.clip(inside.sum(0) - both, 0, n - 2)
    weights: FloatArray = np.where(both == 1, -1.0, 1.0) * by_size[others]
    weights[np.arange(n), np.arange(n)] = 0.0
    return weights


def _membership(n: int) -> npt.NDArray[np.bool_]:
    """Return which players are in each subset, [n, 2**n]."""
    inside: npt.NDArray[np.bool_] = (np.arange(1 << n) >> np.arange(n)[:, None] & 1).astype(bool)
    return inside
