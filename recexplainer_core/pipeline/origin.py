"""What a build says of the program that made it."""

from __future__ import annotations

import platform
import subprocess
from importlib import metadata
from pathlib import Path

import recexplainer_core

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
