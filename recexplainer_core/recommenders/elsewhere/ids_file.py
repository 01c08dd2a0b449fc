"""The ids that a file of factors does not hold: `NAME.ids.json` beside it, or the original's `datamaps.json`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from recexplainer_core.errors import ModelError
from recexplainer_core.files.json_text import read_object

_ORIGINAL = "datamaps.json"


def ids_beside(file: Path) -> Path:
    """Return where the ids of a file lie; `NAME.ids.json` where neither is there."""
    own, original = file.with_suffix(".ids.json"), file.with_name(_ORIGINAL)
    return original if original.is_file() and not own.is_file() else own


def read_ids(
    file: Path, items: int, users: int | None, first: int = 0
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ids of the items and of the users behind the rows of a file, in the rows' order.

    Args:
        file: of factors or weights.
        items: rows of items.
        users: rows of users; None where users have none, and their ids are not needed.
        first: the number of the first row in `datamaps.json`, whose number 0 is padding: 1 as a rule.

    Raises:
        ModelError: there is no file of ids, or it has another number of them.
    """
    path = ids_beside(file)
    remedy = (
        f'Write {file.with_suffix(".ids.json").name} beside it: {{"items": [...], "users": [...]}}, the ids as the '
        "data have them, in the order of the rows."
    )
    if not path.is_file():
        raise ModelError(
            f"{file}: the numbers of its rows say nothing, and there is no {path.name}. {remedy}"
        )
    content = read_object(path, remedy)
    found = [_listed(path, content, name, first, remedy) for name in ("item", "user")]
    for what, ids, rows in (("items", found[0], items), ("users", found[1], users)):
        if rows is not None and len(ids) != rows:
            raise ModelError(f"{path}: has {len(ids):,} {what}, and {file.name} has {rows:,} rows. {remedy}")
        if len(set(ids)) != len(ids):
            raise ModelError(f"{path}: names one of the {what} twice. {remedy}")
    return found[0], found[1] if users is not None else ()


def _listed(path: Path, content: Mapping[str, Any], what: str, first: int, remedy: str) -> tuple[str, ...]:
    if path.name == _ORIGINAL:
        by_number = content.get(f"id2{what}", {})
        if not isinstance(by_number, dict):
            raise ModelError(f"{path}: id2{what} is no mapping. {remedy}")
        count = len([number for number in by_number if number.isdigit() and int(number) >= first])
        ids = [by_number.get(str(first + row)) for row in range(count)]
    else:
        ids = content.get(f"{what}s", [])
    if not isinstance(ids, list) or not all(isinstance(one, str | int) for one in ids):
        raise ModelError(f"{path}: {what}s are no list of ids. {remedy}")
    return tuple(map(str, ids))
