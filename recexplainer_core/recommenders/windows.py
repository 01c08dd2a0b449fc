"""Training sequences cut into windows, so that every item is a target once and sees as much as it may."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch

from recexplainer_core.histories import Histories, IntArray
from recexplainer_core.recommenders.leave_one_out import training_part


@dataclass(frozen=True)
class Batch:
    """Inputs, and the positions whose next item is to be predicted."""

    items: torch.Tensor
    """[windows, t]; the position after t items is predicted from all of them, the first from the start alone."""
    positions: torch.Tensor
    """[n] indices into the flattened [windows, t + 1] positions."""
    targets: torch.Tensor
    """[n] the item that follows each position."""


@dataclass(frozen=True)
class Windows:
    """Stretches of the flat item array; window w has `inputs[w]` inputs from `first[w]` on, then a target."""

    items: IntArray
    first: IntArray
    inputs: IntArray
    skipped: IntArray
    """Leading targets that another window has already, with more before them."""

    @classmethod
    def cut(cls, histories: Histories, max_history: int) -> Windows:
        """Cut the training part of every history.

        A target late in a long history sees at least half of `max_history` items, the last one all of them.
        """
        rows: list[tuple[int, int, int]] = []
        for user in range(len(histories)):
            begin, length = int(histories.offsets[user]), len(training_part(histories[user]))
            done = 0
            while done < length:
                start = max(0, done - (max_history + 1) // 2) if done else 0
                start = max(0, min(start, length - 1 - max_history))
                end = min(length, start + max_history + 1)
                rows.append((begin + start, end - start - 1, done - start))
                done = end
        first, inputs, skipped = np.array(rows, dtype=np.int64).reshape(-1, 3).T
        return cls(histories.items, first, inputs, skipped)

    def batches(self, size: int, generator: np.random.Generator) -> Iterator[Batch]:
        """Yield every window once, in random batches that are padded to their own longest window."""
        order = generator.permutation(len(self.first))
        for begin in range(0, len(order), size):
            yield self._batch(order[begin : begin + size])

    def _batch(self, chosen: IntArray) -> Batch:
        inputs, skipped = self.inputs[chosen][:, None], self.skipped[chosen][:, None]
        position = np.arange(int(inputs.max()) + 1)
        index = self.first[chosen][:, None] + np.minimum(position, inputs)
        following = self.items[index].astype(np.int64)
        counted = np.flatnonzero((position <= inputs) & (position >= skipped))
        return Batch(
            torch.from_numpy(following[:, :-1].copy()),
            torch.from_numpy(counted),
            torch.from_numpy(following.reshape(-1)[counted]),
        )
