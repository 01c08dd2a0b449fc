"""Whether what is to be written can be written, asked before anything expensive starts."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from recexplainer_core.errors import DataError

_REMEDIES = {
    errno.ENOSPC: "The disk is full: make room, or choose another place.",
    errno.EDQUOT: "Your quota is used up: make room, or choose another place.",
    errno.EROFS: "It lies on a drive that is read-only: choose another place.",
    errno.EACCES: "You may not write there: choose another place, or change the permissions.",
    errno.EPERM: "You may not write there: choose another place, or change the permissions.",
    errno.ENOTDIR: "A part of the path is a file: choose another place.",
    errno.EEXIST: "A part of the path is a file: choose another place.",
    errno.ENAMETOOLONG: "Choose a shorter name.",
}


def in_words(fault: OSError) -> str:
    """Return what a fault of the system says, where, and what to do."""
    path = fault.filename if isinstance(fault.filename, str | os.PathLike) else None
    where = f"{os.fspath(path)}: " if path is not None else ""
    remedy = _REMEDIES.get(fault.errno or 0, "Check the place and its permissions.")
    return f"{where}{fault.strerror or fault}. {remedy}"


def require_file_place(path: Path, option: str) -> None:
    """Make sure that a file can be written, without writing it.

    Args:
        path: of the file; its folder may be missing.
        option: by which the reader named it, "--json".

    Raises:
        DataError: a folder stands there, or its own folder cannot be made or written to.
    """
    try:
        if path.is_dir():
            raise DataError(path, "is a folder.", f"Give {option} the path of a file.")
        if path.exists() and not path.is_file():
            raise DataError(path, "is not a plain file.", f"Give {option} the path of a file.")
        if path.exists() and not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    except OSError as fault:
        raise DataError(path, f"cannot be written ({fault.strerror}).", _remedy(fault)) from fault
    require_folder_place(path.parent, option)


def require_folder_place(folder: Path, option: str) -> None:
    """Make sure that a folder can be written into, or made, by making a nameless file in what there is of its path.

    Raises:
        DataError: it cannot.
    """
    standing = folder.absolute()
    try:
        while not standing.exists():
            standing = standing.parent
        if not standing.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(standing))
        with tempfile.TemporaryFile(dir=standing) as file:
            file.write(b"\0")
    except OSError as fault:
        raise DataError(
            folder, f"cannot be written ({fault.strerror}: {standing}).", f"{_remedy(fault)} ({option})"
        ) from fault


def _remedy(fault: OSError) -> str:
    return _REMEDIES.get(fault.errno or 0, "Choose another place.")
