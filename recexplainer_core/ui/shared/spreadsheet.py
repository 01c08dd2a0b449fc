"""A table as a file that a spreadsheet opens: the one way from data to CSV, in which no cell computes.

A spreadsheet runs a cell that begins with =, +, - or @ as a formula, whatever blank it skips before it. Where commas do
not separate cells, as in half of Europe, it cuts text at a semicolon inside it, quotes or not. So what begins like a
formula, at the start of a text or behind such a place, has an apostrophe in front, by which spreadsheets know text.
Numbers are written as they are.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

_FORMULA = re.compile(
    r"(^|[;|\t\n\v\f\r])(?=[\s\u0000-\u001f\u200b-\u200f\u2060\ufeff\"]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212])"
)
"""Where a cell could begin like a formula; also one in the wide forms of East Asian keyboards."""


def plain_cell(value: object) -> object:
    """Return a number as it is, and text that no spreadsheet takes for a formula."""
    if isinstance(value, str):
        return _FORMULA.sub(r"\1'", value)
    if value is None or value is pd.NA or value is pd.NaT:
        return ""
    if hasattr(value, "__float__"):
        return "" if value != value else value
    return plain_cell(str(value))


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows below their headings as CSV, text in quotes, numbers bare, nothing where there is nothing."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    for row in (columns, *rows):
        writer.writerow([plain_cell(value) for value in row])
    return out.getvalue()


def frame_csv(frame: pd.DataFrame, **stamps: Any) -> str:
    """Return a table as CSV, with what names its origin in further columns, the same in every row."""
    stamped = frame.assign(**stamps)
    return csv_text([str(name) for name in stamped.columns], stamped.astype(object).itertuples(index=False))


def record_csv(columns: Sequence[str], records: Iterable[Mapping[str, object]]) -> str:
    """Return records as CSV, a column for each name."""
    return csv_text(columns, ([record.get(name) for name in columns] for record in records))


def comment_line(*parts: str) -> str:
    """Return a line that stands above a table, behind a #; wherever it is cut into cells, none of them computes."""
    return "# " + "; ".join(re.sub(r'[",;|\s]+', " ", part).strip() for part in parts) + "\n"
