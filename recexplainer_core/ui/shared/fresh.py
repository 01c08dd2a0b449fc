"""Containers that never show what belonged to something else: Streamlit keeps old contents until new ones arrive."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator


def fresh_container(name: str, shown: Hashable, border: bool = False) -> DeltaGenerator:
    """Return a container that is emptied at once when what it shows is not what it showed last.

    Args:
        name: of the container, unique in the app.
        shown: what it is about to show; equal for the same.
        border: whether it has one.
    """
    key = f"fresh_{name}"
    changed = key in st.session_state and st.session_state[key] != shown
    st.session_state[key] = shown
    return st.empty().container(border=border) if changed else st.container(border=border)
