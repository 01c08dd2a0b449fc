"""A reason that is written when it is asked for, and tested when it is there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.ui.shared.checks import draw_checks
from recexplainer_core.ui.shared.reasons import WrittenReason, marked, remembered

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.rationale.checks import Check

_ASKED = "asked_for"
"""What is being written in this session, if it was asked for with a button."""


def draw_asked_reason(
    bundle: Bundle,
    name: str,
    key: Hashable,
    question: str,
    history: Collection[int],
    written: Callable[[WrittenReason], Iterator[str]],
    checks: Callable[[str], Sequence[Check]],
) -> None:
    """Draw the button that asks; then the reason, as it is written; then its checks.

    Args:
        bundle: the bundle.
        name: ends the keys of the widgets.
        key: what is asked; the session remembers its reason.
        question: on the button.
        history: items that are highlighted where they are cited.
        written: writes the reason.
        checks: tests its text.
    """
    reason = remembered(key)
    asked = st.session_state.get(_ASKED) == key
    if not (reason.finished or asked):
        st.button(
            question, icon=":material/forum:", key=f"ask_{name}", on_click=_ask, args=(key,),
            help="Has the LLM write its reason now.",
        )  # fmt: skip
        return
    body, controls = st.container(key=f"reason_{name}"), st.container(horizontal=True)
    button = controls.empty()
    if reason.finished:
        body.markdown(
            marked(reason.text, bundle.catalogue, history) or ":gray[Stopped before the first word.]"
        )
    else:
        button.button("Stop", icon=":material/stop_circle:", key=f"stop_{name}", on_click=reason.stop)
        with body:
            st.write_stream(written(reason), cursor=":gray[▌]")
    button.button(
        "Ask again", icon=":material/refresh:", key=f"again_{name}", on_click=_ask_again, args=(key, reason),
        help="The LLM draws its words anew. Where its answers contradict each other, trust none of them.",
    )  # fmt: skip
    if reason.finished and reason.text:
        draw_checks(checks(reason.text))


def _ask(key: Hashable) -> None:
    st.session_state[_ASKED] = key


def _ask_again(key: Hashable, reason: WrittenReason) -> None:
    reason.restart()
    _ask(key)
