"""Hashes of input files, by which a resumed build notices that one has changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from recexplainer_core.errors import DataError
from recexplainer_core.files.plain import require_plain


def file_fingerprint(path: Path) -> str:
    """Return the sha256 of a file in hexadecimal.

    Raises:
        DataError: it cannot be read.
    """
    require_plain(path, "Give the path of a file.")
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as fault:
        raise DataError(path, f"cannot be read ({fault}).", "Give the path of a file.") from fault


def folder_fingerprint(folder: Path) -> str:
    """Return a sha256 over the names and contents of the files directly in a folder."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.iterdir() if p.is_file()):
        digest.update(f"{path.name}\0{file_fingerprint(path)}\n".encode())
    return digest.hexdigest()


def path_fingerprint(path: Path) -> str | None:
    """Return the fingerprint of a folder or a file, None where there is neither."""
    if path.is_dir():
        return folder_fingerprint(path)
    return file_fingerprint(path) if path.is_file() else None
