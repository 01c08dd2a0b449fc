"""The four levels as buttons, with keys; a rating that was given is kept when the page next runs."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from recexplainer_core.errors import UnknownNameError
from recexplainer_core.evaluation.human.rated import (
    FEWEST_WORDS,
    LONGEST_WHY,
    NEED_A_WHY,
    Given,
    faults_of,
)
from recexplainer_core.evaluation.human.ratings import RatingsFile
from recexplainer_core.evaluation.judge import LEVELS
from recexplainer_core.ui.shared.descriptions import level_label
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.rating_state import put

FASTEST_S = 0.4
"""A key pressed sooner after a text appeared was meant for the one before, or is held down: it is not counted."""
_PENDING, _LOW, _FAULT, _SHOWN = "rating_pending", "rating_low", "rating_fault", "rating_shown"


@dataclass(frozen=True)
class TextOnScreen:
    """Which text a rating is of: an id alone means another text once another bundle is on screen.

    Args:
        file: path of the ratings that hold it.
        manifest_hash: of the build that it was written by.
        explanation: its id in the file.
    """

    file: Path
    manifest_hash: str
    explanation: int


@dataclass(frozen=True)
class Pending:
    """A rating that has been given and not yet been kept; it stays until it is."""

    text: TextOnScreen
    rater: str
    level: int
    why: str


def keep_pending() -> None:
    """Keep the rating that was just given with the text that it is of, whatever bundle is on screen by now.

    Raises:
        DataError, BusyError: see `RatingsFile`; the rating waits for the next try.
        UnknownNameError: the text is no longer there, and the rating is given up.
    """
    pending: Pending | None = st.session_state.get(_PENDING)
    if pending is None:
        return
    text = pending.text
    try:
        RatingsFile(text.file).rate(
            text.explanation, pending.rater, pending.level, pending.why, text.manifest_hash
        )
    except UnknownNameError:
        del st.session_state[_PENDING]
        raise
    del st.session_state[_PENDING]


def draw_levels(text: TextOnScreen, rater: str, before: Given | None, after: int | None) -> None:
    """Draw the levels, one of which rates a text; a low one asks why first.

    Args:
        text: that is rated.
        rater: who rates.
        before: what they gave it already.
        after: the place of the text that comes next; None if this is the last.
    """
    if st.session_state.get(_SHOWN, (None,))[0] != text:
        st.session_state[_SHOWN] = (text, time.monotonic())
    st.markdown("**How good a reason is this?**")
    low: tuple[TextOnScreen, int] | None = st.session_state.get(_LOW)
    chosen = low[1] if low and low[0] == text else None
    marked_level = chosen if chosen is not None else before.level if before else None
    with st.container(gap="xsmall"):
        for level in LEVELS:
            st.button(
                level_label(level),
                key=f"level_{level}",
                shortcut=str(level + 1),
                type="primary" if level == marked_level else "secondary",
                width="stretch",
                wrap=True,
                on_click=_choose,
                args=(text, rater, level, after),
            )
    if chosen is not None:
        _ask_why(text, rater, chosen, before, after)
    elif before is not None:
        words = f" Your words: {markdown_text(before.why)}" if before.why else ""
        st.caption(
            f"You gave {before.level}.{words} Another level corrects it; what you gave stays on record."
        )


def _choose(text: TextOnScreen, rater: str, level: int, after: int | None) -> None:
    shown, since = st.session_state.get(_SHOWN, (None, 0.0))
    if shown != text or time.monotonic() - since < FASTEST_S:
        return
    if level in NEED_A_WHY:
        st.session_state[_LOW] = (text, level)
    else:
        _give(text, rater, level, "", after)


def _give(text: TextOnScreen, rater: str, level: int, why: str, after: int | None) -> None:
    st.session_state.pop(_LOW, None)
    st.session_state[_PENDING] = Pending(text, rater, level, why)
    put(place=None if after is None else str(after))


def _ask_why(text: TextOnScreen, rater: str, level: int, before: Given | None, after: int | None) -> None:
    key = f"why_{text.explanation}_{text.manifest_hash}"
    if key not in st.session_state and before is not None:
        st.session_state[key] = before.why

    def save() -> None:
        why = str(st.session_state.get(key) or "")
        if fault := faults_of(rater, level, why):
            st.session_state[_FAULT] = fault
        else:
            _give(text, rater, level, why, after)

    with st.form("why_form", border=False):
        st.text_input(
            f"Why {level}? At least {FEWEST_WORDS} words",
            key=key,
            max_chars=LONGEST_WHY,
            placeholder="What is missing or wrong",
        )
        st.form_submit_button("Save", icon=":material/check:", type="primary", on_click=save)
    if fault := st.session_state.pop(_FAULT, ""):
        st.warning(fault, icon=":material/edit:")


def go(place: int) -> None:
    """Show the text at a place; a low level that still waits for its why is forgotten."""
    st.session_state.pop(_LOW, None)
    put(place=str(place))
