"""Histories of different lengths as one padded tensor."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from recexplainer_core.errors import ModelError


def last_items(histories: Sequence[Sequence[int]], max_history: int, n_items: int) -> list[list[int]]:
    """Return the last `max_history` items of each history.

    Raises:
        ModelError: an item the recommender does not know.
    """
    recent = [list(history[-max_history:]) for history in histories]
    for history in recent:
        for item in history:
            if not 0 <= item < n_items:
                raise ModelError(
                    f"A history holds item {item}, but the recommender knows the items 0 to {n_items - 1}. "
                    "Use the histories and the recommender of one bundle."
                )
    return recent


def pad(histories: Sequence[Sequence[int]], filler: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Fill on the right up to the longest history: items [n, longest], lengths [n]."""
    lengths = torch.tensor([len(h) for h in histories], dtype=torch.long)
    longest = max((len(h) for h in histories), default=0)
    rows = [[*history, *[filler] * (longest - len(history))] for history in histories]
    return torch.tensor(rows, dtype=torch.long).reshape(len(rows), longest), lengths
