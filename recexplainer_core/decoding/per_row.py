"""One batch, and guards of its own for every row of it."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor
from transformers import LogitsProcessor


class PerRow(LogitsProcessor):
    """Let every row of a batch be guarded by its own guards."""

    def __init__(self, guards: Sequence[Sequence[LogitsProcessor]]) -> None:
        self.guards = guards

    def __call__(self, input_ids: Tensor, scores: Tensor) -> Tensor:
        """Apply to each row of scores [batch, vocabulary] the guards of that row."""
        for row, guards in enumerate(self.guards):
            kept = scores[row : row + 1].clone()
            for guard in guards:
                kept = guard(input_ids[row : row + 1], kept)
            scores[row] = kept[0]
        return scores
