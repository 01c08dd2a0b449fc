"""What can be known before a build starts: that its folder can be written, and whose bundle it would replace."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from safetensors import SafetensorError

from recexplainer_core.bundle import read_manifest
from recexplainer_core.errors import BundleError, RecExplainerError

_REFUSED = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO}
)
"""What an operating system says where nothing is wrong with the program."""


def require_writable(work: Path) -> None:
    """Make the folder of unfinished work and write into it.

    Raises:
        RecExplainerError: that is not possible, and why.
    """
    made: list[Path] = []
    try:
        made = [folder for folder in (work, *work.parents) if not folder.exists()]
        work.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=work) as file:
            file.write(b"\0" * 4096)
            file.flush()
    except OSError as fault:
        raise RecExplainerError(
            f"{work} cannot be written ({fault.strerror or fault}). Choose another --out."
        ) from fault
    finally:
        for folder in made:
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()


def require_same_data(out: Path, reading: Mapping[str, Any]) -> None:
    """Refuse to put a bundle in the place of one that was built from other data.

    Args:
        out: the bundle's folder.
        reading: what decides what is read, as `data_parameters` has it.

    Raises:
        BundleError: there is such a bundle.
    """
    try:
        there = read_manifest(out)
    except BundleError:
        return
    before = there.stages.get("data", {})
    if before and all(before.get(name) != reading.get(name) for name in ("spec", "sha256")):
        raise BundleError(
            f"{out} holds a bundle of other data: {there.name}, read from {before.get('spec')}. "
            "Choose another --out, or say --fresh to replace it."
        )


@contextmanager
def no_room_said(work: Path) -> Iterator[None]:
    """Turn what the operating system refuses while a build writes into one sentence.

    Raises:
        RecExplainerError: the disk is full, or a file in the folder cannot be written or read.
    """
    try:
        yield
    except (OSError, SafetensorError) as fault:
        refused = fault.errno in _REFUSED if isinstance(fault, OSError) else "os error" in str(fault)
        if not refused:
            raise
        raise RecExplainerError(
            f"{work}: the build cannot go on ({fault}). Make room or see to the folder; the same command then goes on "
            "where this one stopped."
        ) from fault
