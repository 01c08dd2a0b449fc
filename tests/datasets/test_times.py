"""Times however they are written become seconds, and what is none is named with its line."""

from pathlib import Path

import pytest

from recexplainer_core.datasets.times import seconds
from recexplainer_core.errors import DataError

FILE = Path("clicks.csv")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (["978300760", "978300761"], [978300760, 978300761]),
        (["978300760.0", "9.78300761e+08"], [978300760, 978300761]),
        (["-5", "5"], [-5, 5]),
        ([1588687728923, 1588687729923], [1588687728.923, 1588687729.923]),
        (["1970-01-01 00:01:00", "1970-01-02"], [60, 86400]),
        ([], []),
    ],
)
def test_forms(written: list[object], read: list[float]) -> None:
    assert list(seconds(FILE, written, "time")) == pytest.approx(read)


@pytest.mark.parametrize(
    "written", [["5", "noon", "6"], ["2024-01-01", "noon", "2024-01-03"], ["5", "inf", "6"]]
)
def test_what_is_no_time_is_named(written: list[str]) -> None:
    with pytest.raises(DataError, match=rf"line 3: '{written[1]}' in time is no time"):
        seconds(FILE, written, "time")
