"""What folding in gets wrong of users whose true vectors are known, put right for their histories and near ones.

A user's own history gets the user's own vector. A changed one gets the correction in the measure in which it is still
that history: the part of the items of both that they share. So taking an item out never mixes what the item is worth
with all that folding in had missed.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from recexplainer_core.errors import ModelError
from recexplainer_core.recommenders.storage import Tensors

_NAMES = ("known_offsets", "known_items", "known_corrections")


class KnownUsers:
    """Histories, and the correction of each.

    Args:
        offsets: [m + 1], where each user's items begin in `items`.
        items: [total], the items of each history that count.
        corrections: [m, d], true vector minus folded-in vector.
        n_items: of the catalogue.
    """

    def __init__(
        self, offsets: torch.Tensor, items: torch.Tensor, corrections: torch.Tensor, n_items: int
    ) -> None:
        self.offsets, self.items, self.corrections = offsets, items, corrections
        sizes = offsets.diff().numpy()
        users = np.repeat(np.arange(len(sizes)), sizes)
        # An item twice in a history counts once, as in the histories that are asked about.
        pairs = np.unique(np.stack([items.numpy(), users]), axis=1)
        self._sizes = np.bincount(pairs[1], minlength=len(sizes))
        self._users = pairs[1]
        self._begins = np.searchsorted(pairs[0], np.arange(n_items + 1))

    @classmethod
    def of(cls, histories: Sequence[Sequence[int]], corrections: torch.Tensor, n_items: int) -> KnownUsers:
        """Keep these histories."""
        offsets = torch.tensor(np.cumsum([0, *map(len, histories)]), dtype=torch.int64)
        items = torch.tensor([item for history in histories for item in history], dtype=torch.int64)
        return cls(offsets, items, corrections, n_items)

    def tensors(self) -> Tensors:
        """Return what is to be stored, by name."""
        return dict(zip(_NAMES, (self.offsets, self.items, self.corrections), strict=True))

    @classmethod
    def read(cls, folder: Path, tensors: Tensors, n_items: int, dimension: int) -> KnownUsers | None:
        """Take what `tensors` returned out of the tensors of a recommender; None where none of it is there.

        Args:
            folder: of the recommender, for the message.
            tensors: by name; those of known users are removed.
            n_items: of the catalogue.
            dimension: components of a vector.

        Raises:
            ModelError: a part is missing, or they do not fit together.
        """
        found = {name: tensors.pop(name) for name in _NAMES if name in tensors}
        if not found:
            return None
        offsets, items, corrections = (found.get(name, torch.empty(0, 0, 0)) for name in _NAMES)
        sound = offsets.dim() == items.dim() == 1 and offsets.dtype == items.dtype == torch.int64
        sound = sound and len(offsets) > 0 and int(offsets[0]) == 0 and int(offsets[-1]) == len(items)
        sound = sound and bool((offsets.diff() >= 0).all()) and bool(((items >= 0) & (items < n_items)).all())
        sound = sound and corrections.dtype == torch.float32 and bool(corrections.isfinite().all())
        if not sound or corrections.shape != (len(offsets) - 1, dimension):
            raise ModelError(
                f"{folder}: what is known of users does not fit together. Build the bundle again."
            )
        return cls(offsets, items, corrections, n_items)

    def correct(self, histories: Sequence[Sequence[int]]) -> torch.Tensor:
        """Return [batch, d], what is to be added to each folded-in vector."""
        added = torch.zeros(len(histories), self.corrections.shape[1])
        for row, history in enumerate(histories):
            items = set(history)
            holders = [self._users[self._begins[item] : self._begins[item + 1]] for item in sorted(items)]
            both = np.bincount(np.concatenate([*holders, self._users[:0]]), minlength=len(self._sizes))
            overlap = both / np.maximum(len(items) + self._sizes - both, 1)
            if overlap.any():
                best = int(overlap.argmax())
                added[row] = float(overlap[best]) * self.corrections[best]
        return added
