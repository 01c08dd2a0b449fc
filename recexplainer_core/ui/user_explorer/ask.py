"""A box to ask anything about the user and the item on screen; what is answered is known, and says from where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.rationale.reading import citations
from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.ui.shared.bundle_cache import explainer_of
from recexplainer_core.ui.shared.checks import draw_findings
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.marking import marked
from recexplainer_core.ui.shared.messages import shown_errors

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.dialogue.talk import Talk, Turn

PARAMETER = "ask"
"""Name of the question in the address; a link fills it in but does not ask it."""
LONGEST_QUESTION = 200
"""Characters that may be typed."""
_BOX, _ASKED = "question", "asked_question"
_SHOWN = 4
"""Turns of the conversation that stay on screen."""
_KEPT = 20
"""Conversations that a session remembers."""


def draw_ask(bundle: Bundle, request: RationaleRequest) -> None:
    """Draw the conversation, what can be asked, and the box.

    Args:
        bundle: the bundle.
        request: what is explained on screen, about whom and in which mode.
    """
    talk = _talk(bundle, request)
    words = bundle.catalogue.wording
    st.subheader("Ask", anchor=False)
    st.caption(
        f"About this {words.user}, what is recommended and why, any {words.item}, or how far to trust this. Answers "
        "come from the history, the catalogue, the target and what the LLM holds of it."
    )
    conversation = st.container()
    with st.container(horizontal=True, gap="xsmall", key="suggested"):
        for number, text in enumerate(_suggestions(bundle, request)):
            st.button(
                markdown_text(text), key=f"suggested_{number}", type="tertiary", wrap=True,
                icon=":material/north_east:", on_click=_ask, args=(text,),
            )  # fmt: skip
    if _BOX not in st.session_state:
        st.session_state[_BOX] = st.query_params.get(PARAMETER, "")[:LONGEST_QUESTION]
    with st.form("ask_form", border=False):
        st.text_input(
            "Your question", key=_BOX, max_chars=LONGEST_QUESTION, persist_state="session",
            placeholder="Why? Would they like …?",
        )  # fmt: skip
        st.form_submit_button("Ask", icon=":material/send:", key="ask", on_click=_ask_typed)
    with conversation, shown_errors():
        if asked := st.session_state.pop(_ASKED, None):
            with st.spinner("Looking into it…"):
                talk.ask(asked)
        for turn in talk.turns[-_SHOWN:]:
            _draw_turn(turn, bundle, request)


def _talk(bundle: Bundle, request: RationaleRequest) -> Talk:
    """Return the conversation of this session about what is on screen."""
    from recexplainer_core.bundle.talking import open_talk

    kept: dict[object, Talk] = st.session_state.setdefault("talks", {})
    about = (bundle.manifest_hash, request.history, request.item, request.mode)
    if about not in kept:
        while len(kept) >= _KEPT:
            del kept[next(iter(kept))]
        kept[about] = open_talk(bundle, explainer_of(bundle), request.history, request.item, request.mode)
    return kept[about]


def _suggestions(bundle: Bundle, request: RationaleRequest) -> tuple[str, ...]:
    """Return questions that have an answer here."""
    words, title = bundle.catalogue.wording, bundle.catalogue.titles[request.item]
    return (
        f"What does this {words.user} like?",
        "And without the one that matters most?",
        f"What is most like {title}?",
        "Can I trust this explanation?",
    )


def _draw_turn(turn: Turn, bundle: Bundle, request: RationaleRequest) -> None:
    answer = turn.answer
    with st.container(border=True):
        st.markdown(f":gray[**{markdown_text(turn.question.typed)}**]")
        st.markdown(marked(answer.text, citations(answer.text, bundle.catalogue), request.history.items))
        if answer.checks:
            draw_findings(answer.checks)
        if answer.source:
            st.caption(markdown_text(answer.source))


def _ask(text: str) -> None:
    """Note a question; it is answered when the page next comes to the conversation."""
    st.query_params[PARAMETER] = text
    st.session_state[_ASKED] = text


def _ask_typed() -> None:
    if text := " ".join(str(st.session_state[_BOX] or "").split())[:LONGEST_QUESTION]:
        _ask(text)
        st.session_state[_BOX] = ""
