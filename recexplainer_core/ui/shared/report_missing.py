"""What stands in place of a figure that nobody has measured yet."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.locations import HOME

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle


def draw_missing(bundle: Bundle, what: str, remedy: str | None = None) -> None:
    """Say what the report lacks and which command measures it.

    Args:
        bundle: whose report it is.
        what: is missing, as the beginning of a sentence without its full stop.
        remedy: the command; measuring the bundle again unless given.
    """
    st.info(f"{what}. This command measures it; then reload the page:", icon=":material/straighten:")
    st.code(remedy or evaluate_command(bundle), language="bash", wrap_lines=True)


def evaluate_command(bundle: Bundle) -> str:
    """Return the command that measures a bundle and puts the figures into it."""
    root = bundle.root.resolve()
    place = root.relative_to(HOME) if root.is_relative_to(HOME) else root
    return f"python -m recexplainer_core evaluate {shlex.quote(str(place))} --into-bundle"
