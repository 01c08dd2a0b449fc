"""Shapley values and what goes with them, from a game's values of all subsets of n players.

Subsets are numbered: bit j of the number says whether player j is in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import comb

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


def shapley_values(values: FloatArray) -> FloatArray:
    """Return each player's mean contribution over all orders of joining, [n]; they add up to v(all) - v(none).

    Args:
        values: [2**n], of every subset.
    """
    n, sizes = _players(values)
    weights = np.array([1 / (n * comb(n - 1, size)) for size in range(n)])
    found = np.zeros(n)
    for player in range(n):
        without = _subsets_without(n, player)
        found[player] = weights[sizes[without]] @ (values[without | 1 << player] - values[without])
    return found


def single_effects(values: FloatArray) -> FloatArray:
    """Return what all players lose when one of them leaves, [n]."""
    n, _ = _players(values)
    everybody = len(values) - 1
    return np.array([values[everybody] - values[everybody & ~(1 << player)] for player in range(n)])


def interactions(values: FloatArray) -> FloatArray:
    """Return how much more two players bring together than each alone, in the mean over who else is there, [n, n].

    The Shapley interaction index (Grabisch and Roubens 1999); 0 on the diagonal.
    """
    n, sizes = _players(values)
    weights = np.array([1 / ((n - 1) * comb(n - 2, size)) for size in range(n - 1)])
    found = np.zeros((n, n))
    for one in range(n):
        for other in range(one):
            bits = 1 << one, 1 << other
            rest = np.array([s for s in range(len(values)) if not s & (bits[0] | bits[1])])
            both = values[rest | bits[0] | bits[1]] + values[rest]
            found[one, other] = weights[sizes[rest]] @ (
                both - values[rest | bits[0]] - values[rest | bits[1]]
            )
    return found + found.T


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


def _players(values: FloatArray) -> tuple[int, IntArray]:
    """Return how many players there are, and how many each subset has."""
    n = len(values).bit_length() - 1
    return n, np.array([number.bit_count() for number in range(len(values))])


def _subsets_without(n: int, player: int) -> IntArray:
    numbers: IntArray = np.arange(1 << n)
    without: IntArray = numbers[(numbers >> player & 1) == 0]
    return without
