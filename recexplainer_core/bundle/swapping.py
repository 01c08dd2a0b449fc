"""One folder takes the place of another, so that a kill at any moment leaves the old one or the new one, findable.

A new version of `NAME` is written to `.NAME.PID.new` beside it, its manifest last. Then the old one is renamed to
`.NAME.PID.old`, the new one to `NAME`, and the old one is removed. Whoever writes holds the lock `.NAME.lock`, which
the system lets go of when the process dies; whoever opens a bundle and finds such folders that nobody is at work on
settles what the dead process left.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from recexplainer_core.bundle.files import check_files
from recexplainer_core.bundle.manifest import read_manifest
from recexplainer_core.errors import BundleError

WAIT_S = 60.0
"""Seconds to wait for another process that writes to the same bundle."""
_LEFT = re.compile(r"\.(?P<name>.+)\.\d+\.(?P<kind>new|old)")


@contextmanager
def replacing_folder(root: Path) -> Iterator[Path]:
    """Give an empty folder, and put what is written there in place of `root` unless there is an exception.

    Nobody else writes to `root` meanwhile.

    Raises:
        BundleError: another process has been writing to it for too long.
    """
    root = root.absolute()
    root.parent.mkdir(parents=True, exist_ok=True)
    temporary = root.with_name(f".{root.name}.{os.getpid()}.new")
    with _held(root, WAIT_S):
        _settle(root)
        try:
            temporary.mkdir()
            yield temporary
            _put_in_place(temporary, root)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)


def recover(root: Path) -> None:
    """Settle what a process that was killed left beside a bundle: put a whole version in place, remove the rest.

    Nothing is done where there is nothing to settle, where somebody is at work, or where one may not write.
    """
    root = root.absolute()
    if not _left(root) and not _lock_path(root).exists():
        return
    try:
        # A living process leaves `root` without a folder for as long as two renames take.
        with _held(root, 0 if root.exists() else WAIT_S):
            _settle(root)
    except (BundleError, OSError):
        return


def recover_all(folder: Path) -> None:
    """Settle what is left beside any bundle in a folder."""
    try:
        left = {match["name"] for one in os.scandir(folder) if (match := _LEFT.fullmatch(one.name))}
    except OSError:
        return
    for name in sorted(left):
        recover(folder / name)


@contextmanager
def _held(root: Path, wait_s: float) -> Iterator[None]:
    lock = FileLock(_lock_path(root), timeout=wait_s)
    try:
        lock.acquire()
    except Timeout as fault:
        raise BundleError(f"Another process is writing to {root}. Wait for it to end.") from fault
    try:
        yield
    finally:
        # While it is held: whoever has opened it meanwhile finds that it is gone, and makes another.
        _lock_path(root).unlink(missing_ok=True)
        lock.release()


def _lock_path(root: Path) -> Path:
    return root.with_name(f".{root.name}.lock")


def _left(root: Path) -> list[Path]:
    """Return the new versions that lie beside `root`, finished or not, then the old ones."""
    try:
        beside = [one.name for one in os.scandir(root.parent)]
    except OSError:
        return []
    found = [
        (match["kind"], name)
        for name in beside
        if (match := _LEFT.fullmatch(name)) and match["name"] == root.name
    ]
    return [root.with_name(name) for _, name in sorted(found)]


def _settle(root: Path) -> None:
    left = _left(root)
    if not root.exists():
        whole = next((path for path in left if _is_whole(path)), None)
        if whole is None:
            left = [
                path for path in left if path.suffix == ".new"
            ]  # never finished, and nothing was given up for it
        else:
            whole.rename(root)
    for path in left:
        shutil.rmtree(path, ignore_errors=True)


def _is_whole(folder: Path) -> bool:
    try:
        check_files(folder, read_manifest(folder), hashes=False)
    except BundleError:
        return False
    return True


def _put_in_place(temporary: Path, root: Path) -> None:
    old = root.with_name(f".{root.name}.{os.getpid()}.old")
    try:
        if root.exists():
            root.rename(old)
        temporary.rename(root)
    except BaseException:
        if old.exists() and not root.exists():
            old.rename(root)
        raise
    shutil.rmtree(old, ignore_errors=True)
