"""Choosing the alignment mode in which the language model answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.modes import AlignmentMode
from recexplainer_core.ui.shared.descriptions import MODE_SEES
from recexplainer_core.ui.shared.palette import choice
from recexplainer_core.ui.shared.selection import available_modes, select_mode

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle


def draw_modes(bundle: Bundle, mode: AlignmentMode) -> None:
    """Draw the modes the bundle has, and what the chosen one means."""
    st.session_state["mode_control"] = str(mode)
    st.segmented_control(
        "How the language model is told about the user",
        [str(m) for m in available_modes(bundle)],
        format_func=choice,
        key="mode_control",
        required=True,
        on_change=lambda: select_mode(st.session_state["mode_control"]),
        label_visibility="collapsed",
    )
    st.caption(MODE_SEES[mode])
