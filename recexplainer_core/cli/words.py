"""Figures, times and data as words on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from recexplainer_core.datasets.titles import JOINERS

PROGRAM = "recexplainer" if Path(sys.argv[0]).stem == "recexplainer" else "python -m recexplainer_core"
"""What was typed to start the commands."""


def printable(text: str) -> str:
    """Return the text without control characters: data cannot move the cursor or recolour the terminal.

    Joiners stay, which hold Persian and Indic words and families of emoji together.
    """
    return "".join(c if c.isprintable() or c == "\n" or c in JOINERS else "\ufffd" for c in text)


def duration(seconds: float) -> str:
    """Return a time as a person would say it."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"


def describe(outcome: Mapping[str, Any]) -> str:
    """Return figures by name as one line."""
    return ", ".join(f"{name} {_figure(value)}" for name, value in outcome.items())


def _figure(value: Any) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:.4g}" if isinstance(value, float) else printable(str(value))
