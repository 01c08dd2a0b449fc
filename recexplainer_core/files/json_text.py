"""JSON that comes from a file: finite numbers, bounded depth, and a fault in words whatever it holds."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from recexplainer_core.errors import DataError
from recexplainer_core.files.plain import AGAIN, read_bytes

DEEPEST = 64
"""Containers within containers; the deepest file that is written here has nine."""


def read_json(path: Path, remedy: str = AGAIN, finite: bool = True) -> Any:
    """Return what a file of JSON holds.

    Args:
        path: of the file.
        remedy: what the reader is told to do about a fault.
        finite: refuse NaN and infinite numbers, which are no JSON; a few configurations of language models have them.

    Raises:
        DataError: the file cannot be read, is no JSON, holds a number that is none, or is nested too deeply.
    """
    return parse_json(read_bytes(path, remedy), path, remedy, finite)


def parse_json(text: str | bytes, path: Path | str, remedy: str = AGAIN, finite: bool = True) -> Any:
    """Return what JSON means; `path` says where it stands.

    Raises:
        DataError: see `read_json`.
    """
    try:
        words = text if isinstance(text, str) else text.decode("utf-8")
        content = (
            json.loads(words, parse_constant=_refuse, parse_float=_finite) if finite else json.loads(words)
        )
    except RecursionError as fault:
        raise DataError(path, "is nested too deeply.", remedy) from fault
    except ValueError as fault:
        raise DataError(path, f"is no JSON ({fault}).", remedy) from fault
    if _deeper_than(content, DEEPEST):
        raise DataError(path, f"is nested more than {DEEPEST} deep.", remedy)
    return content


def read_object(path: Path, remedy: str = AGAIN) -> dict[str, Any]:
    """Return the JSON object in a file.

    Raises:
        DataError: it holds something else, or see `read_json`.
    """
    content = read_json(path, remedy)
    if not isinstance(content, dict):
        raise DataError(path, "holds no JSON object.", remedy)
    return content


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text[:20]} is no number")
    return number


def _deeper_than(content: Any, depth: int) -> bool:
    level = [content]
    for _ in range(depth + 1):
        containers = [one for one in level if isinstance(one, Mapping | list)]
        if not containers:
            return False
        level = [inner for one in containers for inner in (one.values() if isinstance(one, Mapping) else one)]
    return True
