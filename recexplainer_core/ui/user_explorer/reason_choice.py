"""How a reason is wanted: in which voice, and whether the target may correct it first."""

from __future__ import annotations

import streamlit as st

from recexplainer_core.rationale.voices import VOICES, Voice, voice_named
from recexplainer_core.ui.shared.palette import choice

_SAYS = {"analyst": "For analysts", "viewer": "For the {user}", "brief": "In a line"}


def draw_reason_choice(user_word: str) -> tuple[Voice, bool]:
    """Draw both choices; return the voice, and whether the reason is verified."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        voice = st.segmented_control(
            "Voice",
            list(VOICES),
            default=VOICES[0],
            format_func=lambda name: choice(_SAYS[name].format(user=user_word)),
            key="voice",
            persist_state="session",
            required=True,
            label_visibility="collapsed",
        )
        verified = st.toggle(
            "Verified",
            value=True,
            key="verified",
            persist_state="session",
            help="On: the target tests every claim before it is said; what is wrong is corrected or left out. "
            "Off: as the LLM alone says it.",
        )
    return voice_named(str(voice)), bool(verified)
