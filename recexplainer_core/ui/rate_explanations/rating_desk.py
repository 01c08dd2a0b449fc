"""One explanation at a time, without a word of the mode that wrote it, and the way to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.evaluation.human.rated import Given, RatedExplanation, shown_order
from recexplainer_core.evaluation.human.ratings import RatingsFile
from recexplainer_core.rationale.reading import citations
from recexplainer_core.ui.rate_explanations.rating_levels import TextOnScreen, draw_levels, go
from recexplainer_core.ui.shared.descriptions import user_label
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.history import draw_history
from recexplainer_core.ui.shared.item_heading import draw_item_heading
from recexplainer_core.ui.shared.marking import marked
from recexplainer_core.ui.shared.rating_state import RatingState, put

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle


def draw_desk(bundle: Bundle, file: RatingsFile, state: RatingState) -> None:
    """Draw the text whose turn it is, or say that all are rated."""
    assert state.round is not None
    texts = file.explanations(state.round.id)
    given = file.given(state.round.id, state.rater)
    order = shown_order(texts, state.round.plan.seed, state.rater)
    st.progress(len(given) / len(order), f"{len(given):,} of {len(order):,} rated")
    if len(given) == len(order):
        _finished(len(order))
        return
    place = state.place or next_place(order, given, 0)
    explanation = order[place - 1]
    what, how = st.columns([8, 5], gap="medium")
    with what, st.container(border=True):
        _draw_text(bundle, texts[explanation], place, len(order))
    with how:
        text = TextOnScreen(file.path, bundle.manifest_hash, explanation)
        draw_levels(text, state.rater, given.get(explanation), _after(order, given, place))
        _draw_steps(place, order, given)


def next_place(order: Sequence[int], given: Mapping[int, Given], place: int) -> int:
    """Return the next place behind `place` that is not rated, beginning again at 1 behind the last."""
    behind = [*range(place + 1, len(order) + 1), *range(1, place + 1)]
    return next((n for n in behind if order[n - 1] not in given), place)


def _after(order: Sequence[int], given: Mapping[int, Given], place: int) -> int | None:
    """Return where to go once the text at `place` is rated; None if that was the last."""
    now = {**given, order[place - 1]: Given(0, "")}
    return next_place(order, now, place) if len(now) < len(order) else None


def _draw_text(bundle: Bundle, one: RatedExplanation, place: int, total: int) -> None:
    words = bundle.catalogue.wording
    user, item = bundle.histories.find(one.user), bundle.catalogue.by_id[one.item]
    st.caption(f"Text {place:,} of {total:,} · {markdown_text(user_label(bundle, user))}")
    st.markdown(f"**The last {words.items} {words.consumed}**, oldest to newest")
    draw_history(st.empty(), bundle, user, (), False)
    draw_item_heading(bundle, item)
    with st.container(key="rated_text"):
        st.markdown(
            marked(one.text, citations(one.text, bundle.catalogue), ()) or ":gray[The model wrote nothing.]"
        )


def _draw_steps(place: int, order: Sequence[int], given: Mapping[int, Given]) -> None:
    with st.container(horizontal=True):
        st.button(
            "Previous",
            icon=":material/chevron_left:",
            key="previous_text",
            shortcut="P",
            disabled=place == 1,
            on_click=go,
            args=(place - 1,),
        )
        st.button(
            "Skip to the next" if order[place - 1] not in given else "Next",
            icon=":material/chevron_right:",
            icon_position="right",
            key="next_text",
            shortcut="N",
            help="To the next text that is not rated. What you skip comes back at the end.",
            on_click=go,
            args=(next_place(order, given, place),),
        )


def _finished(total: int) -> None:
    st.success(
        f"All {total:,} explanations are rated. Your part of this round is closed, and its results are open to you.",
        icon=":material/task_alt:",
    )
    st.button(
        "See the results",
        icon=":material/bar_chart:",
        type="primary",
        key="to_results",
        on_click=put,
        kwargs={"view": "results", "place": None},
    )
