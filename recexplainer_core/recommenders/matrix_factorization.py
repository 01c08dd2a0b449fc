"""Matrix factorisation of implicit feedback by alternating least squares, one exact solution per row.

Source: Hu, Koren and Volinsky 2008, "Collaborative Filtering for Implicit Feedback Datasets", eq. 3 to 5.
With preference 1 and confidence 1 + alpha for the items of a history, preference 0 and confidence 1 for all
others, the factor of a user who has the items H is

    x = (Y'Y + alpha * Y_H'Y_H + regularization * I)^-1 (1 + alpha) * sum of y over H

where Y holds the item factors; the factor of an item is the same with the roles exchanged. The same formula
folds in any history, known or invented.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import torch
from pydantic import Field

from recexplainer_core.histories import Histories, IntArray
from recexplainer_core.progress import Progress, silent
from recexplainer_core.recommenders.leave_one_out import training_part
from recexplainer_core.recommenders.padding import last_items
from recexplainer_core.recommenders.registry import RecommenderKind
from recexplainer_core.recommenders.storage import (
    CatalogueSize,
    Size,
    Tensors,
    check_tensors,
    parse_config,
    write_model,
)

CELLS_AT_ONCE = 4_000_000
"""Bound on the numbers gathered for one batch of rows (32 MB as float64)."""


@dataclass(frozen=True)
class MatrixFactorizationConfig:
    """Settings of the factorisation."""

    max_history: Size = 10
    """Items of a history that are folded in, the most recent ones; fitting uses all."""
    dimension: Size = 64
    """Number of components of user and item vectors."""
    alpha: Annotated[float, Field(ge=0)] = 10.0
    """How much more an item of the history counts than one that is not."""
    regularization: Annotated[float, Field(gt=0)] = 10.0
    """Pull of the factors towards zero."""
    sweeps: int = 15
    """Alternations between users and items."""
    seed: int = 0
    """Of the item vectors before the first sweep."""


class MatrixFactorization:
    """Item factors, and the closed form that makes a user's factor of any history."""

    supports_edits = True

    def __init__(self, item_vectors: torch.Tensor, config: MatrixFactorizationConfig) -> None:
        self.item_vectors = item_vectors.detach().float()
        self.config = config
        self.max_history = config.max_history
        self._factors = self.item_vectors.double()
        self._gram = self._factors.T @ self._factors

    @torch.no_grad()
    def user_vectors(self, histories: Sequence[Sequence[int]]) -> torch.Tensor:
        """Return [batch, d]; only the last `max_history` items count; an empty history is zero.

        Raises:
            ModelError: a history holds an item the recommender does not know.
        """
        recent = last_items(histories, self.max_history, len(self.item_vectors))
        rows = _Rows.from_lists([sorted(set(history)) for history in recent])
        return _solve(self._factors, self._gram, rows, self.config).float()

    def scores(self, user_vectors: torch.Tensor) -> torch.Tensor:
        """Return [batch, n_items]: the dot products with the item vectors."""
        return user_vectors @ self.item_vectors.T

    def reinitialised(self, seed: int) -> MatrixFactorization:
        """Return as many item vectors, as long as these, that never learnt anything."""
        generator = torch.Generator().manual_seed(seed)
        drawn = torch.randn(self.item_vectors.shape, generator=generator)
        return MatrixFactorization(drawn * self.item_vectors.pow(2).mean().sqrt(), self.config)

    def save(self, folder: Path) -> None:
        """Write config.json and model.safetensors."""
        config = {"n_items": len(self.item_vectors), **asdict(self.config)}
        write_model(folder, "mf", config, {"item_vectors": self.item_vectors})

    @classmethod
    def from_files(cls, folder: Path, values: dict[str, Any], tensors: Tensors) -> MatrixFactorization:
        """Build from the content of the two files.

        Raises:
            ModelError: they do not fit together.
        """
        config = parse_config(MatrixFactorizationConfig, folder, values)
        n_items = parse_config(CatalogueSize, folder, values).n_items
        check_tensors(
            folder, {"item_vectors": torch.empty(n_items, config.dimension, device="meta")}, tensors
        )
        return cls(tensors["item_vectors"], config)


@torch.no_grad()
def train_matrix_factorization(
    histories: Histories, n_items: int, config: MatrixFactorizationConfig, progress: Progress = silent
) -> MatrixFactorization:
    """Fit on every user's history but its last two items, which are kept for validation and test."""
    parts = [np.unique(training_part(histories[u])) for u in range(len(histories))]
    users = _Rows.from_lists(parts)
    items = users.transposed(n_items)
    generator = torch.Generator().manual_seed(config.seed)
    size = (n_items, config.dimension)
    factors = torch.randn(size, generator=generator, dtype=torch.float64) * config.dimension**-0.5
    for sweep in range(config.sweeps):
        user_factors = _solve(factors, factors.T @ factors, users, config)
        factors = _solve(user_factors, user_factors.T @ user_factors, items, config)
        progress(sweep + 1, config.sweeps, f"sweep {sweep + 1}")
    return MatrixFactorization(factors, config)


MATRIX_FACTORIZATION = RecommenderKind(
    label="matrix factorisation",
    config=MatrixFactorizationConfig(),
    quick=MatrixFactorizationConfig(dimension=8, sweeps=3),
    train=lambda histories, n_items, config, _, progress: train_matrix_factorization(
        histories, n_items, config, progress
    ),
    from_files=MatrixFactorization.from_files,
)


@dataclass(frozen=True)
class _Rows:
    """For each row the columns in which it has an entry, flat."""

    offsets: IntArray
    columns: IntArray

    @classmethod
    def from_lists(cls, rows: Sequence[Sequence[int] | IntArray]) -> _Rows:
        offsets = np.cumsum([0, *(len(row) for row in rows)])
        columns = np.fromiter((c for row in rows for c in row), dtype=np.int64, count=int(offsets[-1]))
        return cls(offsets, columns)

    def transposed(self, n_columns: int) -> _Rows:
        rows = np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))
        counts = np.bincount(self.columns, minlength=n_columns)
        return _Rows(np.cumsum([0, *counts]), rows[np.argsort(self.columns, kind="stable")])


def _solve(
    factors: torch.Tensor, gram: torch.Tensor, rows: _Rows, config: MatrixFactorizationConfig
) -> torch.Tensor:
    """Return the closed-form factor of each row [n_rows, d], given the other side's factors."""
    lengths = np.diff(rows.offsets)
    d = factors.shape[1]
    solved = torch.zeros(len(lengths), d, dtype=factors.dtype)
    base = gram + config.regularization * torch.eye(d, dtype=factors.dtype)
    padded = torch.cat([factors, torch.zeros(1, d, dtype=factors.dtype)])
    by_length = np.argsort(lengths, kind="stable")
    done = int((lengths == 0).sum())
    while done < len(by_length):
        # Rows of similar length share a batch, bounded by the factors it gathers and the matrices it solves.
        fits = np.arange(1, len(by_length) - done + 1) * np.maximum(lengths[by_length[done:]], d) * d
        batch = by_length[done : done + max(1, int(np.searchsorted(fits, CELLS_AT_ONCE, side="right")))]
        position = np.arange(lengths[batch[-1]])
        index = rows.offsets[batch][:, None] + position
        inside = position < lengths[batch][:, None]
        columns = np.where(inside, rows.columns[np.where(inside, index, 0)], len(factors))
        own = padded[torch.from_numpy(columns)]
        left = torch.baddbmm(base.expand(len(batch), d, d), own.transpose(1, 2), own, alpha=config.alpha)
        right = (1 + config.alpha) * own.sum(1)
        solved[torch.from_numpy(batch)] = torch.cholesky_solve(
            right[:, :, None], torch.linalg.cholesky(left)
        ).squeeze(-1)
        done += len(batch)
    return solved
