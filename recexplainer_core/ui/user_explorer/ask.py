"""A box to ask the language model anything: in its own words, checked as far as they can be read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.modes import AlignmentMode
from recexplainer_core.prompting import prompts
from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.ui.shared.checks import draw_findings
from recexplainer_core.ui.shared.descriptions import POCKET
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.written_text import WrittenText
from recexplainer_core.ui.user_explorer.answers import (
    LONGEST_QUESTION,
    FreeQuestion,
    answer_checks_of,
    answer_to,
    marked_answer,
    put_question,
    write_answer,
)

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

PARAMETER = "ask"
"""Name of the question in the address; a link fills it in but does not ask it."""
_BOX = "question"


def draw_ask(bundle: Bundle, request: RationaleRequest) -> None:
    """Draw the box, what it is good for, and the answer once there is one.

    Args:
        bundle: the bundle.
        request: what is explained on screen, about whom and in which mode.
    """
    words, catalogue = bundle.catalogue.wording, bundle.catalogue
    explained, mode = request.item, request.mode
    st.subheader("Ask the LLM", anchor=False)
    st.caption(_caution(bundle, mode))
    about = st.radio(
        "About", ["user", "item"], key="about", bind="query-params", horizontal=True,
        format_func={"user": f"this {words.user}", "item": f"the {words.item} explained"}.__getitem__,
        label_visibility="collapsed",
    )  # fmt: skip
    item = explained if about == "item" else None

    def question(text: str) -> FreeQuestion:
        return FreeQuestion(bundle.manifest_hash, request.history, item, explained, mode, text)

    taught = (
        prompts.taught_about_user(catalogue, explained, mode)
        if item is None
        else prompts.taught_about_item(catalogue, item)
    )
    with st.container(horizontal=True, gap="xsmall", key="taught"):
        for number, text in enumerate(taught):
            st.button(
                markdown_text(text), key=f"taught_{number}", type="tertiary", icon=":material/north_east:", wrap=True,
                on_click=_ask, args=(question(text),),
            )  # fmt: skip
    if _BOX not in st.session_state:
        st.session_state[_BOX] = st.query_params.get(PARAMETER, "")[:LONGEST_QUESTION]
    with st.form("ask_form", border=False):
        st.text_input(
            "Your question", key=_BOX, max_chars=LONGEST_QUESTION, persist_state="session",
            placeholder=f"Name {words.items} by their titles",
        )  # fmt: skip
        st.form_submit_button(
            "Ask", icon=":material/send:", key="ask", on_click=_ask_typed, args=(question(""),)
        )
    asked = question(" ".join(str(st.session_state[_BOX] or "").split()))
    if (answer := answer_to(asked)) is not None:
        _draw_answer(bundle, asked, answer)


def _draw_answer(bundle: Bundle, question: FreeQuestion, answer: WrittenText) -> None:
    with st.container(border=True):
        st.markdown(
            f":gray[**{markdown_text(question.text)}**] "
            ":orange-badge[:material/format_quote: the LLM's words, unguarded]"
        )
        body, control = st.container(key="answer"), st.empty()
        if not answer.finished:
            control.button("Stop", icon=":material/stop_circle:", key="stop_answer", on_click=answer.stop)
            with body:
                place = st.empty()
                place.write_stream(write_answer(bundle, question, answer), cursor=":gray[▌]")
        else:
            place = body.empty()
        place.markdown(
            marked_answer(answer.text, bundle.catalogue, question.history.items)
            or (":gray[It had nothing to say.]" if answer.temperature == 0 else ":gray[Nothing again.]")
        )
        control.button(
            "Ask again", icon=":material/refresh:", key="answer_again", on_click=answer.restart,
            help="The LLM draws its words anew.",
        )  # fmt: skip
        if not answer.text:
            return
        checks = answer_checks_of(bundle, answer.text, question.history, question.item, question.explained)
        tested = [one for one in checks if one.holds is not None]
        if tested:
            st.markdown(
                f"**Checked: {sum(bool(one.holds) for one in tested)} of {len(tested)} statements hold**"
            )
        elif checks:
            st.markdown("**What it names**")
        else:
            st.caption("It names no title and no value of the catalogue, so nothing of it could be checked.")
        draw_findings(checks)


def _ask(question: FreeQuestion) -> None:
    st.session_state[_BOX] = question.text
    st.query_params[PARAMETER] = question.text
    put_question(question)


def _ask_typed(question: FreeQuestion) -> None:
    if text := " ".join(str(st.session_state[_BOX] or "").split())[:LONGEST_QUESTION]:
        _ask(replace(question, text=text))


def _caution(bundle: Bundle, mode: AlignmentMode) -> str:
    if mode is AlignmentMode.NONE:
        return "In none mode the LLM was taught no question at all: expect little."
    if bundle.manifest.stages.get("llm", {}).get("llm") == POCKET:
        return (
            "The pocket LM was taught the questions below, and who, when and what kind about single "
            f"{bundle.catalogue.wording.items}. It answers anything else poorly, and nothing guards what it says."
        )
    return "It was taught the questions below. Nothing guards what it says: it may be untrue."
