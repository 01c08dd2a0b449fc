"""The tables that were dropped: looked into, their columns named, and written down for the reader of tables."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from recexplainer_core.datasets.columns import NAMES, read_frame

CHOICES = ("user", "item", "time", "rating")
ITEMS = ("item", "title")
_CANONICAL = {"user": "user_id", "item": "item_id", "time": "timestamp", "rating": "rating", "title": "title"}


def store(name: str, content: bytes, folder: Path) -> Path:
    """Write an uploaded file under a plain name; return where it lies."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / re.sub(r"[^\w.-]+", "_", Path(name).name)[-80:]
    path.write_bytes(content)
    return path


def table_in(path: Path) -> pd.DataFrame:
    """Read a table.

    Raises:
        DataError: it cannot be read.
    """
    return read_frame(path)


def guessed(frame: pd.DataFrame, whats: Sequence[str]) -> dict[str, str | None]:
    """Return for each thing that a table may hold the column that its name suggests, each column once."""
    plain = {re.sub(r"[^a-z0-9]", "", str(name).split(":")[0].lower()): str(name) for name in frame.columns}
    found: dict[str, str | None] = {}
    for what in whats:
        known = (plain[one] for one in NAMES[what] if one in plain and plain[one] not in found.values())
        found[what] = next(known, None)
    return found


def named(frame: pd.DataFrame, columns: Mapping[str, str | None], others: Sequence[str] = ()) -> pd.DataFrame:
    """Return the columns that were chosen, under the names that the reader of tables knows.

    Args:
        frame: the table.
        columns: what -> which column holds it, None where none does.
        others: further columns to keep as they are called.
    """
    chosen = {what: name for what, name in columns.items() if name is not None}
    kept = {_CANONICAL[what]: frame[name] for what, name in chosen.items()}
    return pd.DataFrame({**kept, **{name: frame[name] for name in others if name not in chosen.values()}})
