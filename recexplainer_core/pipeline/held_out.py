"""The users whom the surrogate never sees: in no pretraining text, no alignment example."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from recexplainer_core.errors import DataError
from recexplainer_core.histories import Histories, IntArray
from recexplainer_core.recommenders.leave_one_out import SHORTEST

SHARE = 0.2
FEWEST = 100
"""Users to hold out from a small data set, unless that is more than half of them."""

FEWEST_ITEMS = 2
"""Items of a catalogue that anything can be recommended from."""

Mask = npt.NDArray[np.bool_]


def hold_out(histories: Histories, seed: int) -> Mask:
    """Choose a fifth [n_users] of the users who have items enough to be asked about."""
    able = np.flatnonzero(histories.lengths >= SHORTEST)
    count = min(max(round(SHARE * len(able)), FEWEST), len(able) // 2)
    held_out = np.zeros(len(histories), dtype=bool)
    held_out[np.random.default_rng(seed).choice(able, count, replace=False)] = True
    return held_out


def require_measurable(histories: Histories, held_out: Mask, n_items: int) -> None:
    """Refuse data on which nothing could be measured in the end, before anything is trained.

    Raises:
        DataError: nobody could be held out, or nothing is left to recommend to those who were.
    """
    if n_items < FEWEST_ITEMS:
        raise DataError(
            "the data",
            f"hold {n_items} item{'s' if n_items != 1 else ''}.",
            f"At least {FEWEST_ITEMS} are needed to recommend anything.",
        )
    if not held_out.any():
        able = int((histories.lengths >= SHORTEST).sum())
        raise DataError(
            "the data",
            f"nobody can be held out to measure on: of {len(histories)} users, {able} have {SHORTEST} items or more.",
            f"At least two users need {SHORTEST} items each.",
        )
    if all(len(set(histories[int(user)])) >= n_items for user in np.flatnonzero(held_out)):
        raise DataError(
            "the data",
            f"everybody who was held out to measure on has all {n_items} items, so nothing is left to recommend.",
            "Give a larger catalogue, or users who have a part of it.",
        )


def sample_users(held_out: Mask, count: int | None, seed: int) -> IntArray:
    """Return at most `count` held-out users, the same ones for the same seed, in rising order."""
    users = np.flatnonzero(held_out)
    if count is None or count >= len(users):
        return users
    return np.sort(np.random.default_rng(seed).choice(users, count, replace=False))
