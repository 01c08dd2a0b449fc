"""How long work tells the outside how far it is, without knowing who listens."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int, str], None]
"""Called as `progress(done, total, note)`; `total` is in the same unit as `done`, `note` is a short figure."""


def silent(done: int, total: int, note: str) -> None:
    """Listen to nothing."""
