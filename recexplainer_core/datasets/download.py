"""MovieLens ml-latest-small from its publisher: fetched once, checked, and unpacked into the user's cache."""

from __future__ import annotations

import hashlib
import io
import os
import re
import tempfile
import urllib.request
import zipfile
from collections.abc import Callable
from pathlib import Path

from recexplainer_core.errors import DataError
from recexplainer_core.locations import cache_folder

BASE_URL = "https://files.grouplens.org/datasets/movielens"
NAME = "ml-latest-small"
LICENCE = (
    "MovieLens usage licence of the GroupLens Research Group, University of Minnesota: for research; no "
    "commercial use without permission; no claim of endorsement; acknowledge the data in publications "
    "(Harper and Konstan, 2015, doi:10.1145/2827872); pass it on only under the same conditions. "
    "The full text is in its README.txt."
)
HEADERS = {
    "movies.csv": "movieId,title,genres",
    "ratings.csv": "userId,movieId,rating,timestamp",
    "README.txt": None,
}
"""The files that are unpacked, and the first line a table must have."""

LARGEST = 50_000_000
"""Bytes beyond which a file is not what we asked for; the archive has about one million, ratings.csv 2.5."""


def download_movielens(
    cache: Path | None = None,
    base_url: str = BASE_URL,
    show: Callable[[str], None] = print,
    timeout_s: float = 30.0,
) -> Path:
    """Return the folder of ml-latest-small, downloading it when the cache does not have it yet.

    The archive is compared with the MD5 its publisher puts beside it; of its members only the files we read
    are unpacked. The licence is shown before the data are used for the first time.

    Args:
        cache: where to keep it; `cache_folder()` unless given.
        base_url: the publisher's folder.
        show: gets the lines for the person who waits.
        timeout_s: seconds without an answer after which the network counts as absent.

    Raises:
        DataError: no network, or something else came than what was published.
    """
    folder = (cache or cache_folder()) / NAME
    if all((folder / name).is_file() for name in HEADERS):
        return folder
    url = f"{base_url.rstrip('/')}/{NAME}.zip"
    show(f"Downloading {url} (about 1 MB).")
    published = re.search(rb"\b[0-9a-fA-F]{32}\b", _fetch(url + ".md5", folder, timeout_s))
    archive = _fetch(url, folder, timeout_s)
    found = hashlib.md5(archive, usedforsecurity=False).hexdigest()
    expected = published[0].decode().lower() if published else "none"
    if found != expected:
        raise DataError(
            url,
            f"has the MD5 {found}, but its publisher states {expected}.",
            _remedy(folder, "Try again later."),
        )
    _unpack(archive, url, folder)
    show(f"Kept in {folder}.\n{LICENCE}")
    return folder


def _fetch(url: str, folder: Path, timeout_s: float) -> bytes:
    try:
        with urllib.request.urlopen(url, timeout=timeout_s) as answer:
            content: bytes = answer.read(LARGEST + 1)
    except OSError as fault:  # URLError, HTTPError and time-outs are all OSErrors
        reason = getattr(fault, "reason", None) or fault
        raise DataError(url, f"cannot be downloaded ({reason}).", _remedy(folder)) from fault
    if len(content) > LARGEST:
        raise DataError(url, f"is larger than {LARGEST} bytes.", _remedy(folder))
    return content


def _unpack(archive: bytes, url: str, folder: Path) -> None:
    """Write the members we know by name, so that no other path in the archive can lead anywhere."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{NAME}-") as temporary:
        try:
            with zipfile.ZipFile(io.BytesIO(archive)) as members:
                for name, header in HEADERS.items():
                    with members.open(f"{NAME}/{name}") as member:
                        content = member.read(LARGEST + 1)
                    first_line = content.partition(b"\n")[0].decode("utf-8", "replace").strip()
                    if len(content) > LARGEST or (header and first_line != header):
                        raise DataError(
                            url,
                            f"{name} in it begins with {first_line[:80]!r}, not {header!r}, or is too large.",
                            _remedy(folder, "The publisher may have changed the format."),
                        )
                    (Path(temporary) / name).write_bytes(content)
        except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError) as fault:
            raise DataError(url, f"is not the archive it should be ({fault}).", _remedy(folder)) from fault
        folder.mkdir(exist_ok=True)
        for name in HEADERS:
            os.replace(Path(temporary) / name, folder / name)


def _remedy(folder: Path, first: str = "") -> str:
    by_hand = (
        f"Without a network, fetch {NAME}.zip elsewhere, from https://grouplens.org/datasets/movielens/, "
        f"and unpack it so that {', '.join(str(folder / name) for name in HEADERS)} exist; or unpack it "
        "anywhere and say `python -m recexplainer_core build movielens:DIR --out BUNDLE`."
    )
    return f"{first} {by_hand}".strip()
