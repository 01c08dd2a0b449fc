"""When something happened, however it is written: seconds, milliseconds, floats, dates."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from recexplainer_core.errors import DataError

_MILLISECONDS_FROM = 100_000_000_000
"""As seconds, this is the year 5138."""


def seconds(
    path: Path, written: Sequence[object] | pd.Series, column: str, lines: Sequence[int] | None = None
) -> npt.NDArray[np.float64]:
    """Return times [n] in seconds since 1970.

    Args:
        path: the file they are from.
        written: numbers, whole or not, of seconds or milliseconds; or dates.
        column: what the file calls them.
        lines: [n], the line of each; one after the other from the second line on unless given.

    Raises:
        DataError: one of them is no time, with its line.
    """
    texts = pd.Series(written).reset_index(drop=True)
    numbers = pd.to_numeric(texts, errors="coerce").astype(float)
    if numbers.isna().mean() <= 1 / 2:
        result = numbers / 1000 if numbers.abs().median() >= _MILLISECONDS_FROM else numbers
        wrong = np.flatnonzero(~np.isfinite(numbers))
    else:
        dates = pd.to_datetime(texts, errors="coerce", utc=True, format="ISO8601")
        if dates.isna().any():
            dates = pd.to_datetime(texts, errors="coerce", utc=True, format="mixed")  # a hundred times slower
        result = dates.astype("datetime64[ns, UTC]").astype("int64") / 1e9
        wrong = np.flatnonzero(dates.isna())
    if len(wrong):
        row = int(wrong[0])
        raise DataError(
            path,
            f"{texts.iloc[row]!r} in {column} is no time.",
            "Give numbers or dates such as 2024-05-31.",
            lines[row] if lines is not None else row + 2,
        )
    times: npt.NDArray[np.float64] = np.asarray(result, dtype=np.float64)
    return times
