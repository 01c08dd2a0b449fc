"""Any Python function from histories to scores as a target, asked in the process that it lives in.

It has no vectors, which is enough for whatever asks about titles: behaviour mode, checks of a text, what becomes of an
item without others. Nor can it be stored: a bundle never holds code.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from recexplainer_core.errors import ModelError
from recexplainer_core.recommenders.padding import last_items

MOST_ITEMS = 20_000
"""A catalogue with more would need vectors of several gigabytes."""
Scores = Callable[[list[list[str]]], Any]
"""From histories, ids of items oldest first, to scores [n, n_items], higher is better: an array, a tensor or lists."""


class CallableTarget:
    """A function as a recommender.

    A user's vector is the scores themselves, and an item's has a 1 in its own place.

    Args:
        function: takes a list of histories, an empty one included.
        item_ids: n, as the function knows its items, in the order of its scores.
        max_history: items of a history that count, the most recent ones.

    Raises:
        ModelError: there are too many items.
    """

    supports_edits = True

    def __init__(self, function: Scores, item_ids: Sequence[str], max_history: int = 10) -> None:
        if len(item_ids) > MOST_ITEMS:
            raise ModelError(
                f"A function as a target will do for {MOST_ITEMS:,} items at most, and there are {len(item_ids):,}. "
                "Export the recommender with vectors: onnx:FILE or vectors:FILE."
            )
        self._function, self._item_ids, self.max_history = function, list(item_ids), max_history
        self.item_vectors = torch.eye(len(self._item_ids))

    def user_vectors(self, histories: Sequence[Sequence[int]]) -> torch.Tensor:
        """Return [batch, n_items], what the function returns.

        Raises:
            ModelError: a history holds an unknown item, or the function returns another shape or numbers that are not
                finite.
        """
        n_items = len(self._item_ids)
        recent = last_items(histories, self.max_history, n_items)
        if not recent:
            return torch.zeros(0, n_items)
        returned = self._function([[self._item_ids[item] for item in history] for history in recent])
        try:
            found = torch.from_numpy(np.array(returned, dtype=np.float32))
        except (TypeError, ValueError) as fault:
            raise ModelError(
                f"The function that is the target returns no numbers ({fault}). It should return scores of the shape "
                f"({len(recent)}, {n_items})."
            ) from fault
        if found.shape != (len(recent), n_items):
            raise ModelError(
                f"The function that is the target returns the shape {tuple(found.shape)} for {len(recent)} histories, "
                f"and there are {n_items} items: it should be ({len(recent)}, {n_items})."
            )
        if not found.isfinite().all():
            raise ModelError(
                "The function that is the target returns numbers that are not finite. Leave what a user has seen as "
                "it is: it is left out here."
            )
        return found

    def scores(self, user_vectors: torch.Tensor) -> torch.Tensor:
        """Return [batch, n_items]: the vectors are the scores."""
        return user_vectors

    def save(self, folder: Path) -> None:
        """Refuse.

        Raises:
            ModelError: always.
        """
        raise ModelError("A Python function cannot be stored in a bundle. Export the recommender: onnx:FILE.")
