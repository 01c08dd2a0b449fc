"""A mean over users and how sure it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypedDict, TypeVar

import numpy as np

RESAMPLES, FEWER_RESAMPLES = 2000, 500
T = TypeVar("T")


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


def bootstrap(per_user: Sequence[T], figure: Callable[[Sequence[T]], float], seed: int) -> Interval:
    """Return a figure of many users together and its 95% percentile bootstrap interval over users."""
    drawn = np.random.default_rng(seed).integers(len(per_user), size=(FEWER_RESAMPLES, len(per_user)))
    values = [figure([per_user[i] for i in row]) for row in drawn]
    low, high = np.percentile(values, [2.5, 97.5])
    return {"value": figure(per_user), "low": float(low), "high": float(high)}
