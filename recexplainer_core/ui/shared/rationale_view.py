"""A rationale on screen: written while one watches, at once or when it is asked for, then tested."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.ui.shared.checks import draw_outcome
from recexplainer_core.ui.shared.fresh import fresh_container
from recexplainer_core.ui.shared.reason_text import rationale_markdown
from recexplainer_core.ui.shared.written_text import WrittenText, rationale_of, reason_of, write_rationale

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.rationale.explainer import Rationale

_ASKED = "asked_for"
"""What is being written in this session, if it was asked for with a button."""

_WORDED = {
    "": "put into set phrases",
    "template": "put into set phrases",
    "llm": "put into words by a small language model that is held to it",
    "endpoint": "put into words by the language model at your endpoint, which is held to it",
    "direct": "in its own words, read back sentence by sentence",
}


def draw_rationale(
    bundle: Bundle,
    request: RationaleRequest,
    listed: Sequence[int] | None = None,
    key: str = "",
    on_citation: Callable[[Collection[int]], None] = lambda cited: None,
    draw_control: Callable[[Rationale], None] = lambda rationale: None,
) -> Rationale:
    """Draw a rationale as it is written, or the one already written; then its checks. Return it.

    Args:
        bundle: the bundle.
        request: what is explained; titles of its history are highlighted.
        listed: the language model's own list, where it is known.
        key: ends the keys of the widgets.
        on_citation: called with the items cited so far, whenever there is a new one.
        draw_control: draws what else can be done with a rationale that is not empty.
    """
    reason = reason_of(bundle, request)
    body, controls = st.container(key=f"reason{key}").empty(), st.container(horizontal=True)
    checks = fresh_container(f"checks{key}", (bundle.manifest_hash, request))
    with controls:
        stop_or_again = st.empty()
    if reason.finished:
        found = rationale_of(bundle, request)
        body.markdown(rationale_markdown(found, bundle.catalogue))
        on_citation(found.cited_items)
    else:
        stop_or_again.button("Stop", icon=":material/stop_circle:", key=f"stop{key}", on_click=reason.stop)
        with body:
            st.write_stream(write_rationale(bundle, request, listed, on_citation), cursor=":gray[▌]")
    stop_or_again.button(
        "Ask again", icon=":material/refresh:", key=f"again{key}", on_click=_ask_again,
        args=(reason, (bundle.manifest_hash, request)),
        help="The same in other words.",
    )  # fmt: skip
    found = rationale_of(bundle, request)
    if found.reason is not None or not found.text:  # what fails can be marked only now that it is tested
        body.markdown(rationale_markdown(found, bundle.catalogue))
    if found.text:
        with controls:
            draw_control(found)
        with checks:
            draw_outcome(found, bundle.catalogue)
    return found


def origin_of(request: RationaleRequest) -> str:
    """Say whose claims a reason makes, and who words them."""
    whose = f"What the LLM holds in {request.mode} mode"
    return f"{whose}, {'verified by the target, ' if request.verified else ''}{_WORDED[request.writer]}."


def draw_asked_rationale(
    bundle: Bundle,
    request: RationaleRequest,
    listed: Sequence[int] | None,
    name: str,
    question: str,
) -> None:
    """Draw the button that asks; once it was pressed, the rationale.

    Args:
        bundle: the bundle.
        request: what is explained.
        listed: the language model's own list, where it is known.
        name: ends the keys of the widgets.
        question: on the button.
    """
    asked = (bundle.manifest_hash, request)
    if not (reason_of(bundle, request).finished or st.session_state.get(_ASKED) == asked):
        st.button(
            question, icon=":material/forum:", key=f"ask_{name}", on_click=_ask, args=(asked,),
            help="Has the LLM write its reason now.",
        )  # fmt: skip
        return
    draw_rationale(bundle, request, listed, f"_{name}")


def _ask(asked: Hashable) -> None:
    st.session_state[_ASKED] = asked


def _ask_again(reason: WrittenText, asked: Hashable) -> None:
    reason.restart()
    _ask(asked)
