"""Notes on what is on screen, kept with the link, and the report that is made of them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from recexplainer_core.errors import BundleError
from recexplainer_core.evaluation.human.notes import LONGEST, NotesFile
from recexplainer_core.ui.shared.bundle_choice import places
from recexplainer_core.ui.shared.downloads import draw_download
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.user_explorer.hand_over import hand_over_page, record_of
from recexplainer_core.ui.user_explorer.record import ExplanationRecord
from recexplainer_core.ui.user_explorer.record_page import heading

if TYPE_CHECKING:
    from streamlit.elements.lib.mutable_popover_container import PopoverContainer

    from recexplainer_core.bundle import Bundle

_PAGE = "user_explorer?"
_TEXT, _FAULT = "note_text", "note_fault"


def notes_file(bundle: Bundle) -> NotesFile:
    """Return where the notes of a bundle are kept: beside people's ratings."""
    return NotesFile(places(sys.argv[1:]).ratings / f"{bundle.root.resolve().name}.notes.jsonl")


def draw_notes_button() -> PopoverContainer:
    """Draw the button; return its panel, to be filled when everything on screen is known."""
    return st.popover("Notes", icon=":material/sticky_note_2:", key="notes", on_change="rerun")


def draw_notes(panel: PopoverContainer, bundle: Bundle, explanation: Callable[[], ExplanationRecord]) -> None:
    """Let the explanation on screen be kept with a note, list what is kept, and offer the report.

    Args:
        panel: to fill.
        bundle: the bundle.
        explanation: gathers what is on screen.
    """
    if not panel.open:
        return
    file = notes_file(bundle)
    with panel:
        st.text_area(
            "A note on this explanation", key=_TEXT, max_chars=LONGEST, placeholder="What is worth telling?"
        )
        st.button(
            "Keep it with the explanation",
            icon=":material/bookmark_add:",
            on_click=_keep,
            args=(file, explanation),
        )
        if fault := st.session_state.get(_FAULT):
            st.error(markdown_text(fault))
        kept = file.read()
        for note in reversed(kept):
            about = record_of(note)
            if about is None or not note.link.startswith(_PAGE):
                continue
            with st.container(border=True, gap="xsmall"):
                st.markdown(f"**{markdown_text(heading(about, bundle.catalogue.wording))}**")
                if note.text:
                    st.markdown(markdown_text(note.text))
                with st.container(horizontal=True):
                    st.link_button("Open", note.link, icon=":material/open_in_new:", type="tertiary")
                    st.button(
                        "Remove", icon=":material/delete:", type="tertiary", key=f"forget_{note.kept_at}",
                        on_click=_forget, args=(file, note.kept_at),
                    )  # fmt: skip
        if kept:
            st.caption(
                "The report holds these explanations with their notes and checks, and how far to trust them."
            )
            draw_download(
                "Report (HTML)", lambda: hand_over_page(bundle, kept), "explanations.html", "hand_over"
            )


def _keep(file: NotesFile, explanation: Callable[[], ExplanationRecord]) -> None:
    st.session_state.pop(_FAULT, None)
    link = f"{_PAGE}{urlencode(st.query_params.to_dict())}"
    try:
        file.add(st.session_state[_TEXT], link, asdict(explanation()))
    except BundleError as fault:
        st.session_state[_FAULT] = str(fault)
    else:
        st.session_state[_TEXT] = ""


def _forget(file: NotesFile, kept_at: str) -> None:
    st.session_state.pop(_FAULT, None)
    try:
        file.remove(kept_at)
    except BundleError as fault:
        st.session_state[_FAULT] = str(fault)
