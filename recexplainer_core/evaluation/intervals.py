"""A mean over users and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

import numpy as np

RESAMPLES = 2000


class Interval(TypedDict):
    """A mean with its 95% bootstrap interval."""

    value: float
    low: float
    high: float


def bootstrap_mean(per_user: Sequence[float], seed: int) -> Interval:
    """Return the mean of one figure per user and its 95% percentile bootstrap interval over users."""
    values = np.asarray(per_user, dtype=np.float64)
    drawn = np.random.default_rng(seed).integers(len(values), size=(RESAMPLES, len(values)))
    low, high = np.percentile(values[drawn].mean(1), [2.5, 97.5])
    return {"value": float(values.mean()), "low": float(low), "high": float(high)}
