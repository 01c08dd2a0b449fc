"""What a target recommender is to the rest of the project."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

import torch

LONGEST_HISTORY = 200
"""Items of a history that may count."""


class Recommender(Protocol):
    """An embedding-based model, frozen and in eval mode; a user is a history, oldest item first.

    `Reinitialisable` and `subsets.KnowsSubsets` are what one may do besides.
    """

    item_vectors: torch.Tensor
    """[n_items, d], float32, without gradient."""
    max_history: int
    """Only this many of the most recent items of a history count."""
    supports_edits: bool
    """Whether any invented history can be scored, not only those of known users."""

    def user_vectors(self, histories: Sequence[Sequence[int]]) -> torch.Tensor:
        """Return [batch, d], one vector per history, an empty one included."""
        ...

    def scores(self, user_vectors: torch.Tensor) -> torch.Tensor:
        """Return [batch, n_items], higher is better."""
        ...

    def save(self, folder: Path) -> None:
        """Write config.json and model.safetensors."""
        ...


@runtime_checkable
class Reinitialisable(Protocol):
    """A target that a sanity check of the reasons can draw anew."""

    def reinitialised(self, seed: int) -> Recommender:
        """Return the same kind of recommender with weights that never learnt anything."""
        ...


@runtime_checkable
class FoldsIn(Protocol):
    """A target made elsewhere, whose user vectors are made of histories approximately; so is all that is asked of it
    about other histories than it knows."""

    @property
    def reproduced(self) -> float | None:
        """Which part of the target's own first ten is kept for known users; None where that cannot be measured."""
        ...


@runtime_checkable
class ReadsMore(Protocol):
    """A target made elsewhere that may have been made to read longer histories than it is asked about."""

    @property
    def made_for(self) -> int | None:
        """How many items of a history the original reads; None where there is no bound."""
        ...


@dataclass(frozen=True)
class Recommendation:
    """An item and the target's score for it."""

    item: int
    score: float


def mask_seen(scores: torch.Tensor, seen: Sequence[Collection[int]]) -> torch.Tensor:
    """Return a copy of scores [n, n_items] with minus infinity for the items that each of the n users has seen."""
    scores = scores.clone()
    for row, items in enumerate(seen):
        scores[row, list(items)] = -torch.inf
    return scores


def top_items(
    recommender: Recommender,
    histories: Sequence[Sequence[int]],
    k: int,
    seen: Sequence[Collection[int]] | None = None,
) -> list[list[Recommendation]]:
    """Return the k best unseen items of each history, best first; fewer where fewer are unseen.

    Args:
        recommender: the target.
        histories: one per user.
        k: length of each list.
        seen: items to leave out, for each user; the history itself unless given.
    """
    if not histories:
        return []
    scores = recommender.scores(recommender.user_vectors(histories))
    scores = mask_seen(scores, seen if seen is not None else histories)
    best = scores.topk(min(k, scores.shape[1]))
    return [
        [Recommendation(item, score) for item, score in zip(items, values, strict=True) if score > -torch.inf]
        for items, values in zip(best.indices.tolist(), best.values.tolist(), strict=True)
    ]
