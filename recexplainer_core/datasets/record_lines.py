"""Files with one record a line, packed or not: JSON, or the Python literals of older dumps."""

from __future__ import annotations

import ast
import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from recexplainer_core.errors import DataError

SUFFIXES = (".json", ".jsonl", ".ndjson")
_PEEKED = 20


def records(path: Path, remedy: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (line from 1, record) of a file, unpacked where its name ends in .gz; empty lines are passed over.

    A line that is no JSON may be a Python literal (`{u'id': u'7'}`), which is read as data: nothing in it is run.

    Raises:
        DataError: the file cannot be read, or a line is no record.
    """
    line = 0
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
            for line, raw in enumerate(file, start=1):
                text = raw.decode("utf-8-sig" if line == 1 else "utf-8").strip()
                if text:
                    yield line, _record(path, line, text, remedy)
    except FileNotFoundError:
        raise DataError(path, "the file is missing.", remedy) from None
    except UnicodeDecodeError as fault:
        raise DataError(path, "is not UTF-8.", "Save the file with UTF-8 encoding.", line + 1) from fault
    except (OSError, EOFError) as fault:
        raise DataError(path, f"cannot be read ({fault}).", remedy, line + 1) from fault


def find_files(folder: Path, fields: Sequence[Sequence[str]], remedy: str) -> list[Path]:
    """Return the files of a folder whose records have, of each group of names, at least one.

    Args:
        folder: its files of one record a line are looked at, the first records of each.
        fields: groups of names.
        remedy: what to do when a file cannot be read.

    Raises:
        DataError: there is no such file, and one that might be cannot be read.
    """
    found: list[Path] = []
    faults: list[DataError] = []
    for path in sorted(folder.iterdir()):
        suffixes = [one for one in path.suffixes if one != ".gz"]
        if not path.is_file() or not suffixes or suffixes[-1] not in SUFFIXES:
            continue
        try:
            first = [record for (_, record), _ in zip(records(path, remedy), range(_PEEKED), strict=False)]
        except DataError as fault:
            faults.append(fault)  # something else may lie beside the data
            continue
        names = {name for record in first for name in record}
        if first and all(names & set(group) for group in fields):
            found.append(path)
    if faults and not found:
        raise faults[0]
    return found


def field(record: dict[str, Any], names: Sequence[str]) -> Any:
    """Return the first of these fields that a record has and that is not empty, None where there is none."""
    return next((record[name] for name in names if record.get(name) not in (None, "", [], {})), None)


def _record(path: Path, line: int, text: str, remedy: str) -> dict[str, Any]:
    try:
        record = json.loads(text)
    except ValueError:
        try:
            record = ast.literal_eval(text)
        except (ValueError, SyntaxError, MemoryError, RecursionError) as fault:
            raise DataError(path, f"is no record: {text[:60]!r}.", remedy, line) from fault
    if not isinstance(record, dict):
        raise DataError(path, f"is no record: {text[:60]!r}.", remedy, line)
    return record
