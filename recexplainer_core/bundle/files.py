"""The files of a bundle: which there are, what they hash to, and whether they are those of the manifest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from recexplainer_core.bundle.manifest import MANIFEST, Manifest
from recexplainer_core.errors import BundleError, DataError
from recexplainer_core.files.json_text import read_object
from recexplainer_core.files.writing import replace_file

REMEDY = "Copy or build the bundle again."


def list_files(root: Path) -> list[str]:
    """Return all files under the folder but the manifest: relative paths with forward slashes, sorted.

    Hidden files (a file manager's .DS_Store) are left out: nothing in a bundle's format is hidden.

    Raises:
        BundleError: something in the folder is a link, or no file.
    """
    found = []
    for path in root.rglob("*"):
        relative = path.relative_to(root)
        if path.is_symlink():
            raise BundleError(f"{path} is a link. A bundle holds plain files: put the file itself there.")
        if path.is_dir() or any(part.startswith(".") for part in relative.parts):
            continue
        if not path.is_file():
            raise BundleError(f"{path} is no plain file, so nobody can read it. {REMEDY}")
        found.append(relative.as_posix())
    return sorted(set(found) - {MANIFEST})


def hash_files(root: Path, paths: Iterable[str]) -> dict[str, str]:
    """Return path -> sha256 in hexadecimal; several files at once, as hashing leaves Python's lock."""

    def digest(path: str) -> str:
        with (root / path).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()

    paths = list(paths)
    with ThreadPoolExecutor() as pool:
        return dict(zip(paths, pool.map(digest, paths), strict=True))


def check_files(root: Path, manifest: Manifest, hashes: bool = True) -> None:
    """Check that the bundle holds exactly the files of its manifest.

    Args:
        root: the bundle's folder.
        manifest: what it should hold.
        hashes: also compare the content of every file (a second or so per gigabyte).

    Raises:
        BundleError: a file is missing, unlisted, a link, or not the one that was written.
    """
    found, listed = set(list_files(root)), set(manifest.files)
    if missing := sorted(listed - found):
        raise BundleError(
            f"{root} lacks {len(missing)} of the {len(listed)} files in its manifest, "
            f"{missing[0]} among them. {REMEDY}"
        )
    if extra := sorted(found - listed):
        raise BundleError(
            f"{root} holds {len(extra)} files that its manifest does not list, {extra[0]} among them. "
            "Remove them, or build the bundle again."
        )
    if not hashes:
        return
    actual = hash_files(root, sorted(listed))
    if changed := [path for path, digest in actual.items() if digest != manifest.files[path]]:
        raise BundleError(
            f"{root / changed[0]} is not the file that was written: its sha256 is {actual[changed[0]][:12]}, "
            f"the manifest says {manifest.files[changed[0]][:12]} ({len(changed)} such files). {REMEDY}"
        )


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write an object as readable JSON, whole or not at all."""
    replace_file(path, (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode())


def read_json(path: Path) -> dict[str, Any]:
    """Return a JSON object.

    Raises:
        BundleError: the file is missing or holds something else.
    """
    try:
        return read_object(path, REMEDY)
    except DataError as fault:
        raise BundleError(str(fault)) from fault
