"""The reason for one recommendation, written while one watches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.modes import AlignmentMode
from recexplainer_core.ui.shared.checks import draw_checks
from recexplainer_core.ui.shared.descriptions import byline
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.evidence import checks_of
from recexplainer_core.ui.shared.reasons import ReasonKey, cited_items, marked, remembered, write
from recexplainer_core.ui.user_explorer.trial import draw_trial_button

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.surrogate.engine import Engine


def draw_heading(bundle: Bundle, item: int, target: Sequence[int], predicted: Sequence[int]) -> None:
    """Say which item is explained and where both lists have it."""
    st.subheader(f"Why {markdown_text(bundle.catalogue.titles[item])}?", anchor=False)
    if about := byline(bundle.catalogue, item):
        st.caption(markdown_text(about))
    st.markdown(
        f":blue-badge[{_place('target', target, item)}] :green-badge[{_place('LLM', predicted, item)}]"
    )


def draw_reason(
    bundle: Bundle,
    engine: Engine,
    key: ReasonKey,
    predicted: Sequence[int],
    on_citation: Callable[[set[int]], None],
) -> None:
    """Stream the reason, or show the one already written; `on_citation` gets the items it cites."""
    _, history, item, mode = key
    reason = remembered(key)
    body, controls = st.container(key="reason"), st.container(horizontal=True)
    with controls:
        stop_or_again = st.empty()
    if reason.finished:
        body.markdown(
            marked(reason.text, bundle.catalogue, history) or ":gray[Stopped before the first word.]"
        )
        on_citation(cited_items(reason.text, bundle.catalogue))
    else:
        stop_or_again.button("Stop", icon=":material/stop_circle:", key="stop", on_click=reason.stop)
        with body:
            st.write_stream(
                write(engine, key, reason, bundle.catalogue, predicted, on_citation), cursor=":gray[▌]"
            )
    if reason.finished and reason.text:
        with controls:
            draw_trial_button(bundle, engine, history, item, mode, cited_items(reason.text, bundle.catalogue))
    stop_or_again.button(
        "Ask again",
        icon=":material/refresh:",
        key="again",
        on_click=reason.restart,
        help="The LLM draws its words anew. Where its answers contradict each other, trust none of them.",
    )
    if reason.finished and reason.text:
        draw_checks(checks_of(bundle, history, item, reason.text))
    outside = cited_items(reason.text, bundle.catalogue) - set(history)
    words = bundle.catalogue.wording
    untaught = " It was never taught about this target." if mode is AlignmentMode.NONE else ""
    st.caption(
        f"Written by the LLM in {mode} mode. :orange-background[Highlighted] {words.items} are in the history"
        f"{', **bold** ones are not' if outside else ''}.{untaught}"
    )


def _place(who: str, items: Sequence[int], item: int) -> str:
    return f"{who}: no. {items.index(item) + 1}" if item in items else f"{who}: not in its list"
