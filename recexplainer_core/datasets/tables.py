"""Reading text files so that every fault is reported with its file, line and remedy."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from recexplainer_core.datasets.tab_rows import TabRows
from recexplainer_core.datasets.titles import readable
from recexplainer_core.datasets.typed_columns import split_name
from recexplainer_core.errors import DataError

Row = tuple[int, dict[str, str]]
"""A line number, counted from 1, and the values of that line by column."""


def require_folder(folder: Path, remedy: str) -> None:
    """Raise a DataError unless the folder is there."""
    if not folder.is_dir():
        fault = "is a file, not a folder." if folder.exists() else "there is no such folder."
        raise DataError(folder, fault, remedy)


def text_lines(path: Path, remedy: str, otherwise: str | None = None) -> Iterator[tuple[int, str]]:
    """Yield (line number from 1, line with its break) of a UTF-8 file, with or without a byte order mark.

    Args:
        path: the file; its lines may end as those of any operating system.
        remedy: what to do when it is missing.
        otherwise: encoding of lines that are not UTF-8, where the format has one.

    Raises:
        DataError: the file is missing, unreadable, or has a line that is not UTF-8.
    """
    try:
        with path.open("rb") as file:
            for number, line in enumerate(_lines(file), start=1):
                try:
                    yield number, line.decode("utf-8-sig" if number == 1 else "utf-8")
                except UnicodeDecodeError:
                    if otherwise is None:
                        raise
                    yield number, line.decode(otherwise)
    except FileNotFoundError:
        raise DataError(path, "the file is missing.", remedy) from None
    except UnicodeDecodeError as fault:
        byte = fault.object[fault.start]
        raise DataError(
            path, f"is not UTF-8 (byte 0x{byte:02X}).", "Save the file with UTF-8 encoding.", number
        ) from fault
    except OSError as fault:
        raise DataError(path, f"cannot be read ({fault.strerror}).", remedy) from fault


def _lines(file: BinaryIO) -> Iterator[bytes]:
    first = file.readline()
    if b"\r" in first and not first.endswith(b"\n"):  # all of it: the ends of lines of old machines
        yield from first.splitlines(keepends=True)
    elif first:
        yield first
    yield from file


def read_table(path: Path, required: Sequence[str], remedy: str, tabs: bool = False) -> Iterator[Row]:
    """Yield the rows of a table whose first line names the columns; empty lines are passed over.

    Args:
        path: a UTF-8 file.
        required: columns it must have, with a type behind them (`item_id:token`) or without; further ones are handed
            on as they are named.
        remedy: what to do when the file or a column is missing.
        tabs: columns are separated by tabs, quoted or not (`TabRows`); otherwise it is ordinary CSV.

    Raises:
        DataError: no file, no UTF-8, no rows, a missing or doubled column, or a row of another width.
    """
    lines = (line for _, line in text_lines(path, remedy))
    table = TabRows(lines) if tabs else csv.reader(lines, strict=True)
    rows = iter(table)
    empty = True
    try:
        header = next(rows, None)
        if header is None:
            raise DataError(path, "the file is empty.", remedy)
        header = [
            name if (name := split_name(column)[0]) in required and name not in header else column
            for column in header
        ]
        for column in required:
            if column not in header:
                raise DataError(
                    path, f"has no column {column!r}, only {', '.join(map(repr, header))}.", remedy, 1
                )
        if len(set(header)) != len(header) or not all(header):
            raise DataError(
                path, "has two columns of one name, or one without.", "Name every column differently.", 1
            )
        for values in rows:
            if not values:
                continue
            if len(values) != len(header):
                raise DataError(
                    path,
                    f"has {len(values)} columns where the header has {len(header)}.",
                    "Correct the line; " + ("no tab may stand inside a value." if tabs else "quote commas."),
                    table.line_num,
                )
            empty = False
            yield table.line_num, dict(zip(header, values, strict=True))
    except csv.Error as fault:
        raise DataError(path, f"is no proper table ({fault}).", remedy, max(table.line_num, 1)) from fault
    if empty:
        raise DataError(path, "has a header but no rows.", remedy)


def split_values(cell: str) -> tuple[str, ...]:
    """Return the values of a cell that separates them by `|`, each once, in their order."""
    return tuple(dict.fromkeys(value for part in cell.split("|") if (value := readable(part))))


def whole_number(path: Path, line: int, column: str, text: str) -> int:
    """Return the number a cell holds.

    Raises:
        DataError: it holds something else.
    """
    try:
        return int(text)
    except ValueError:
        raise DataError(
            path, f"{column} should be a whole number, not {text!r}.", "Correct the line.", line
        ) from None
