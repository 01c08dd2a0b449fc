"""A mean over users and how sure it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Self, TypeVar

import numpy as np
from pydantic import BaseModel, ConfigDict, model_validator

RESAMPLES, FEWER_RESAMPLES = 2000, 500
T = TypeVar("T")


class Interval(BaseModel):
    """A value with its 95% bootstrap interval; the ends are missing where none was computed."""

    model_config = ConfigDict(extra="allow", frozen=True)

    value: float
    low: float | None = None
    high: float | None = None

    @model_validator(mode="after")
    def _both_ends_or_none(self) -> Self:
        if (self.low is None) != (self.high is None) or (self.low or 0) > (self.high or 0):
            raise ValueError(f"an interval from {self.low} to {self.high} has no two ends")
        return self


def bootstrap_mean(per_user: Sequence[float], seed: int) -> Interval:
    """Return the mean of one figure per user and its 95% percentile bootstrap interval over users."""
    values = np.asarray(per_user, dtype=np.float64)
    drawn = np.random.default_rng(seed).integers(len(values), size=(RESAMPLES, len(values)))
    return _interval(float(values.mean()), values[drawn].mean(1))


def bootstrap(per_user: Sequence[T], figure: Callable[[Sequence[T]], float], seed: int) -> Interval:
    """Return a figure of many users together and its 95% percentile bootstrap interval over users."""
    drawn = np.random.default_rng(seed).integers(len(per_user), size=(FEWER_RESAMPLES, len(per_user)))
    return _interval(figure(per_user), [figure([per_user[i] for i in row]) for row in drawn])


def _interval(value: float, resampled: Sequence[float] | np.ndarray) -> Interval:
    low, high = np.percentile(resampled, [2.5, 97.5])
    return Interval(value=value, low=float(low), high=float(high))
