"""The part of the user's cache that holds language models: whole or not at all, made by one process at a time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from recexplainer_core.errors import ModelError
from recexplainer_core.locations import CACHE_VARIABLE, cache_folder


def llm_cache(*names: str) -> Path:
    """Return a path in the cache, below the folder for language models."""
    return cache_folder().joinpath("llms", *names)


@contextmanager
def making(target: Path) -> Iterator[Path]:
    """Lend an empty folder for making what belongs at `target`; other processes wait, then find it made.

    What is finished there is moved to its place with `os.replace`. The folder lies beside the target, so that this is
    one step, and is removed at the end, however it ends; what a killed process left is removed before.

    Raises:
        ModelError: nothing can be written there.
    """
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{target}.lock"):
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir()
            try:
                yield part
            finally:
                shutil.rmtree(part, ignore_errors=True)
    except OSError as fault:
        raise ModelError(
            f"The language model cannot be put into the cache ({fault}). Make room there, or name another folder "
            f"in the environment variable {CACHE_VARIABLE}."
        ) from fault
