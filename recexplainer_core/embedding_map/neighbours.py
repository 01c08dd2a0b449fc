"""Nearest neighbours by cosine, and how far two spaces agree on them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

NEIGHBOURS = 10
"""Nearest neighbours kept for every item, and compared between spaces."""
_CELLS_AT_ONCE = 20_000_000

Indices = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]


def unit(vectors: Tensor) -> Tensor:
    """Return vectors [n, d] at length 1; a zero vector stays zero."""
    return torch.nn.functional.normalize(vectors.float(), dim=1)


def nearest(vectors: Tensor, k: int = NEIGHBOURS) -> tuple[Indices, Floats]:
    """Return the k nearest other rows of every row, nearest first, and their cosine similarity.

    Args:
        vectors: [n, d].
        k: neighbours of each; n - 1 where there are no more.

    Returns:
        [n, k] row numbers and [n, k] similarities between -1 and 1.
    """
    rows = unit(vectors)
    n = len(rows)
    k = min(k, n - 1)
    indices, similarities = np.empty((n, k), dtype=np.int32), np.empty((n, k), dtype=np.float32)
    step = max(1, _CELLS_AT_ONCE // n)
    for first in range(0, n, step):
        block = rows[first : first + step] @ rows.T
        own = torch.arange(len(block))
        block[own, first + own] = -torch.inf
        best = block.topk(k)
        indices[first : first + step] = best.indices.numpy()
        similarities[first : first + step] = best.values.numpy()
    return indices, similarities


def neighbourhood_overlap(first: Indices, second: Indices) -> float:
    """Return the share of neighbours [n, k] that two spaces have in common, averaged over items: 0 to 1."""
    shared = [np.intersect1d(a, b, assume_unique=True).size for a, b in zip(first, second, strict=True)]
    return float(np.mean(shared) / first.shape[1])
