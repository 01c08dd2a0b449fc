"""How a reason is wanted: in which voice, in whose words, and whether the target may correct it first."""

from __future__ import annotations

import os
from dataclasses import dataclass

import streamlit as st

from recexplainer_core.rationale.voices import VOICES, Voice, voice_named
from recexplainer_core.ui.shared.palette import choice

_SAYS = {"analyst": "For analysts", "viewer": "For the {user}", "brief": "In a line"}
_WORDS = {
    "": "Words: set phrases",
    "llm": "Words: small LLM",
    "endpoint": "Words: your endpoint",
    "direct": "Words: LLM, unguided",
}
_ENDPOINT = "RECEXPLAINER_WRITER_URL"


@dataclass(frozen=True)
class ReasonChoice:
    """How a reason is wanted; see `RationaleRequest`."""

    voice: Voice
    verified: bool
    writer: str


def draw_reason_choice(user_word: str) -> ReasonChoice:
    """Draw the choices and return what is chosen."""
    writers = [name for name in _WORDS if name != "endpoint" or os.environ.get(_ENDPOINT)]
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
        writer = st.selectbox(
            "Words",
            writers,
            format_func=_WORDS.__getitem__,
            key="writer",
            persist_state="session",
            label_visibility="collapsed",
            width=200,
        )
        verified = st.toggle(
            "Verified",
            value=True,
            key="verified",
            persist_state="session",
            help="On: the target tests every claim before it is said; what is wrong is corrected or left out. "
            "Off: as the LLM alone says it. The words may be set phrases, those of a small language model that "
            "is held to the claims, or the LLM's own, unguided: then what it says is read and tested.",
        )
    return ReasonChoice(voice_named(str(voice)), bool(verified), str(writer))
