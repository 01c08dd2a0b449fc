"""The users whom the surrogate never sees: in no pretraining text, no alignment example."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from recexplainer_core.histories import Histories, IntArray
from recexplainer_core.recommenders.leave_one_out import SHORTEST

SHARE = 0.2
FEWEST = 100
"""Users to hold out from a small data set, unless that is more than half of them."""

Mask = npt.NDArray[np.bool_]


def hold_out(histories: Histories, seed: int) -> Mask:
    """Choose a fifth [n_users] of the users who have items enough to be asked about."""
    able = np.flatnonzero(histories.lengths >= SHORTEST)
    count = min(max(round(SHARE * len(able)), FEWEST), len(able) // 2)
    held_out = np.zeros(len(histories), dtype=bool)
    held_out[np.random.default_rng(seed).choice(able, count, replace=False)] = True
    return held_out


def sample_users(held_out: Mask, count: int | None, seed: int) -> IntArray:
    """Return at most `count` held-out users, the same ones for the same seed, in rising order."""
    users = np.flatnonzero(held_out)
    if count is None or count >= len(users):
        return users
    return np.sort(np.random.default_rng(seed).choice(users, count, replace=False))
