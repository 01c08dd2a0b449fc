"""The choices that are made on the way through a title: which others could still be meant, token by token."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Choice = tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]
"""The tokens that may stand in a place, and how right each is."""
_LEAST = 1e-30
"""Weight below which tokens count as equally right, so that one of them always is."""


def choices_along(
    taken: Sequence[int], paths: Sequence[Sequence[int]], weights: Sequence[float]
) -> list[Choice]:
    """Return the choice at each place of a path: a token has the weight of all paths that go on with it.

    Args:
        taken: tokens of one of the paths, or of its beginning.
        paths: what could be said.
        weights: how right each path is; at least one of those that `taken` begins is among them.
    """
    choices: list[Choice] = []
    left = list(zip(paths, weights, strict=True))
    for place, token in enumerate(taken):
        mass: dict[int, float] = {}
        for path, weight in left:
            if len(path) > place:
                mass[path[place]] = mass.get(path[place], 0.0) + float(weight)
        least = 0.0 if sum(mass.values()) > _LEAST else 1.0
        choices.append((np.array(list(mass)), np.array(list(mass.values())) + least))
        left = [(path, weight) for path, weight in left if len(path) > place and path[place] == token]
    return choices


def until_unique(paths: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """Return each path up to the first token at which no other one is left: nothing is chosen behind it.

    Args:
        paths: what could be said, each different from the others.
    """
    counts = Counter(tuple(path[:length]) for path in paths for length in range(1, len(path) + 1))
    return [
        tuple(path[: next((n for n in range(1, len(path)) if counts[tuple(path[:n])] == 1), len(path))])
        for path in paths
    ]
