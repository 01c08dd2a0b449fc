"""A target that knows which items occur together and which are popular.

Item vectors are the first singular vectors of the positive pointwise mutual information of two items in one history
(Levy and Goldberg 2014), and one more number for popularity; a user's vector is the mean over the history, and 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from recexplainer_core.histories import Histories
from recexplainer_core.progress import Progress
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


@dataclass(frozen=True)
class CooccurrenceConfig:
    """Settings; every kind has `max_history` and `seed`."""

    max_history: Size = 10
    """Items of a history that count, the most recent ones."""
    seed: int = 0
    """Of nothing here: there is one solution."""
    dimension: Size = 32
    """Singular vectors that are kept."""
    popularity: float = 0.1
    """Weight of an item's popularity beside what it occurs with."""


class Cooccurrence:
    """Fulfils `recommenders.base.Recommender`."""

    supports_edits = True

    def __init__(self, item_vectors: torch.Tensor, config: CooccurrenceConfig) -> None:
        self.item_vectors, self.config, self.max_history = item_vectors, config, config.max_history

    def user_vectors(self, histories: Sequence[Sequence[int]]) -> torch.Tensor:
        """Return [batch, d]; an empty history knows popularity alone."""
        vectors = torch.zeros(len(histories), self.item_vectors.shape[1])
        for row, history in enumerate(last_items(histories, self.max_history, len(self.item_vectors))):
            if history:
                vectors[row] = self.item_vectors[history].mean(0)
        vectors[:, -1] = 1.0
        return vectors

    def scores(self, user_vectors: torch.Tensor) -> torch.Tensor:
        """Return [batch, n_items]."""
        return user_vectors @ self.item_vectors.T

    def reinitialised(self, seed: int) -> Cooccurrence:
        """Return item vectors that never learnt anything."""
        generator = torch.Generator().manual_seed(seed)
        return Cooccurrence(torch.randn(self.item_vectors.shape, generator=generator), self.config)

    def save(self, folder: Path) -> None:
        """Write config.json and model.safetensors."""
        config = {"n_items": len(self.item_vectors), **asdict(self.config)}
        write_model(folder, "cooccurrence", config, {"item_vectors": self.item_vectors})

    @classmethod
    def from_files(cls, folder: Path, values: dict[str, Any], tensors: Tensors) -> Cooccurrence:
        """Build from the content of the two files; ModelError where they do not fit together."""
        config = parse_config(CooccurrenceConfig, folder, values)
        n_items = parse_config(CatalogueSize, folder, values).n_items
        expected = torch.empty(n_items, config.dimension + 1, device="meta")
        check_tensors(folder, {"item_vectors": expected}, tensors)
        return cls(tensors["item_vectors"], config)


def train_cooccurrence(
    histories: Histories, n_items: int, config: CooccurrenceConfig, folder: Path, progress: Progress
) -> Cooccurrence:
    """Count pairs in every history but for its last two items, which are kept for validation and test."""
    pairs, counts = np.zeros((n_items, n_items)), np.zeros(n_items)
    for user in range(len(histories)):
        items = np.unique(training_part(histories[user]))
        pairs[np.ix_(items, items)] += 1
        counts[items] += 1
        progress(user + 1, len(histories), "pairs counted")
    np.fill_diagonal(pairs, 0)
    expected = np.outer(counts, counts) / max(len(histories), 1)
    information = np.log(np.divide(pairs, expected, out=np.ones_like(pairs), where=pairs > 0)).clip(min=0)
    left, strength, _ = np.linalg.svd(information)
    vectors = np.zeros((n_items, config.dimension + 1), dtype=np.float32)
    kept = min(config.dimension, n_items)
    vectors[:, :kept] = left[:, :kept] * np.sqrt(strength[:kept])
    vectors[:, -1] = config.popularity * np.log1p(counts)
    return Cooccurrence(torch.from_numpy(vectors), config)


TARGET = RecommenderKind(
    label="co-occurrence",
    config=CooccurrenceConfig(),
    quick=CooccurrenceConfig(dimension=8),
    train=train_cooccurrence,
    from_files=Cooccurrence.from_files,
)
