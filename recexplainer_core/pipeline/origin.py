"""What a build should say of its inputs and of the program that made it."""

from __future__ import annotations

import hashlib
import platform
import subprocess
from importlib import metadata
from pathlib import Path

import recexplainer_core
from recexplainer_core.errors import DataError
from recexplainer_core.locations import ASSETS

LIBRARIES = (
    "torch",
    "transformers",
    "peft",
    "accelerate",
    "tokenizers",
    "safetensors",
    "numpy",
    "pandas",
    "pyarrow",
    "scikit-learn",
    "umap-learn",
    "streamlit",
    "plotly",
)
"""Libraries whose version can change what is computed or shown."""


def library_versions() -> dict[str, str]:
    """Return the versions of Python, this program and the libraries it computes with."""
    versions = {"python": platform.python_version(), "recexplainer": recexplainer_core.__version__}
    for name in LIBRARIES:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            versions[name] = "not installed"
    return versions


def git_commit() -> str | None:
    """Return the commit of this program, "-dirty" behind it if its files were changed; None outside git."""
    folder = Path(recexplainer_core.__file__).parent

    def git(*arguments: str) -> str:
        command = ["git", "-C", str(folder), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=10).stdout.strip()

    try:
        tracked, commit = git("ls-files", "__init__.py"), git("rev-parse", "HEAD")
        changed = git("status", "--porcelain", "--untracked-files=normal", "--", ".")
    except (OSError, subprocess.SubprocessError):
        return None
    if not tracked:
        return None
    return f"{commit}-dirty" if changed else commit


def data_fingerprint(spec: str) -> str | None:
    """Return a sha256 of the files that a data spec names, None where they are not known yet."""
    if spec == "demo":
        return _file_hash(ASSETS / "films.csv")
    folder = Path(spec.partition(":")[2]).expanduser()
    return folder_fingerprint(folder) if ":" in spec and folder.is_dir() else None


def folder_fingerprint(folder: Path) -> str:
    """Return a sha256 over the names and contents of the files directly in a folder."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.iterdir() if p.is_file()):
        digest.update(f"{path.name}\0{_file_hash(path)}\n".encode())
    return digest.hexdigest()


def _file_hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def file_fingerprint(path: Path) -> str:
    """Return the sha256 of one file.

    Raises:
        DataError: it cannot be read.
    """
    try:
        return _file_hash(path)
    except OSError as fault:
        raise DataError(path, f"cannot be read ({fault}).", "Give the path of a file.") from fault
