"""What every reader of a file starts with: that there is a file, a plain one, and none that is endlessly long."""

from __future__ import annotations

import stat
from pathlib import Path

from recexplainer_core.errors import DataError

AGAIN = "Copy or build it again."
LONGEST_TEXT = 1 << 30
"""Bytes of a file that is read as one text; the names of ten million users take a sixth of it."""
_KINDS = {
    stat.S_ISFIFO: "a named pipe",
    stat.S_ISDIR: "a folder",
    stat.S_ISSOCK: "a socket",
    stat.S_ISCHR: "a device",
    stat.S_ISBLK: "a device",
}


def require_plain(path: Path, remedy: str = AGAIN) -> int:
    """Make sure that a path leads to a plain file: whoever opens a named pipe waits for ever.

    Returns:
        Its size in bytes.

    Raises:
        DataError: there is none, it is something else, or it cannot be looked at.
    """
    try:
        found = path.stat()
    except (OSError, ValueError) as fault:
        raise DataError(path, f"cannot be read ({_words(fault)}).", remedy) from fault
    if not stat.S_ISREG(found.st_mode):
        kind = next((words for test, words in _KINDS.items() if test(found.st_mode)), "something else")
        raise DataError(path, f"is {kind}, not a plain file.", remedy)
    return found.st_size


def read_bytes(path: Path, remedy: str = AGAIN, longest: int = LONGEST_TEXT) -> bytes:
    """Return the content of a plain file.

    Raises:
        DataError: it cannot be read, is no plain file, or longer than `longest` bytes.
    """
    if (size := require_plain(path, remedy)) > longest:
        raise DataError(path, f"has {size:,} bytes, {longest:,} are taken at most.", remedy)
    try:
        return path.read_bytes()
    except OSError as fault:
        raise DataError(path, f"cannot be read ({_words(fault)}).", remedy) from fault


def _words(fault: Exception) -> str:
    return getattr(fault, "strerror", None) or str(fault)
