"""Columns whose names say their type, as in RecBole's atomic files: `item_id:token`, `genre:token_seq`."""

from __future__ import annotations

TYPES = ("token", "token_seq", "float", "float_seq")


def split_name(column: str) -> tuple[str, str]:
    """Return the name of a column and its type, "" where the name tells none."""
    name, colon, kind = column.strip().rpartition(":")
    return (name, kind) if colon and name and kind in TYPES else (column, "")


def spread(cell: str, kind: str) -> str:
    """Return a cell of several values, which RecBole separates by spaces, with `|` between them."""
    return "|".join(cell.split()) if kind.endswith("_seq") else cell
