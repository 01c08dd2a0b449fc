"""The standard split of sequential recommendation: last item for test, the one before it for validation."""

from __future__ import annotations

from typing import Literal

import numpy as np

from recexplainer_core.histories import Histories, IntArray

Split = Literal["validation", "test"]
SHORTEST = 3
"""A user with fewer items cannot give one to each part and is trained on, but not evaluated."""
FROM_END = {"validation": 2, "test": 1}


def training_part(history: IntArray) -> IntArray:
    """Return what may be learned from a history: all but its last two items."""
    return history[:-2] if len(history) >= SHORTEST else history


def evaluated_users(histories: Histories) -> IntArray:
    """Return the users who have a validation and a test item."""
    return np.flatnonzero(histories.lengths >= SHORTEST)


def held_out(history: IntArray, split: Split) -> tuple[list[int], int]:
    """Return what is known before the held-out item, and that item."""
    known = len(history) - FROM_END[split]
    return history[:known].tolist(), int(history[known])
