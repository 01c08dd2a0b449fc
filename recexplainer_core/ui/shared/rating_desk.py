"""One explanation at a time, without a word of the mode that wrote it, and the four levels."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.evaluation.human.rated import (
    FEWEST_WORDS,
    LONGEST_WHY,
    NEED_A_WHY,
    Given,
    RatedExplanation,
    faults_of,
    shown_order,
)
from recexplainer_core.evaluation.human.ratings import RatingsFile
from recexplainer_core.evaluation.judge import LEVELS
from recexplainer_core.rationale.claims import citations
from recexplainer_core.ui.shared.descriptions import user_label
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.history import draw_history
from recexplainer_core.ui.shared.item_heading import draw_item_heading
from recexplainer_core.ui.shared.marking import marked
from recexplainer_core.ui.shared.rating_state import RatingState, put

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

FASTEST_S = 0.4
"""A key pressed sooner after a text appeared was meant for the one before, or is held down: it is not counted."""
_PENDING, _LOW, _FAULT, _SHOWN = "rating_pending", "rating_low", "rating_fault", "rating_shown"


@dataclass(frozen=True)
class Pending:
    """A rating that has been given and not yet been kept; it stays until it is."""

    explanation: int
    rater: str
    level: int
    why: str


def level_label(level: int) -> str:
    """Return Markdown of a level and what it means."""
    meaning = LEVELS[level]
    return f"**{level}** · {meaning[0].upper()}{meaning[1:]}"


def keep_pending(file: RatingsFile) -> None:
    """Keep the rating that was just given; on a fault it is kept back for the next try.

    Raises:
        DataError, BusyError: see `RatingsFile`.
    """
    pending: Pending | None = st.session_state.get(_PENDING)
    if pending is not None:
        file.rate(pending.explanation, pending.rater, pending.level, pending.why)
        del st.session_state[_PENDING]


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
    if st.session_state.get(_SHOWN, (None,))[0] != explanation:
        st.session_state[_SHOWN] = (explanation, time.monotonic())
    what, how = st.columns([8, 5], gap="medium")
    with what, st.container(border=True):
        _draw_text(bundle, texts[explanation], place, len(order))
    with how:
        _draw_levels(explanation, state.rater, given.get(explanation), _after(order, given, place))
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


def _draw_levels(explanation: int, rater: str, before: Given | None, after: int | None) -> None:
    st.markdown("**How good a reason is this?**")
    low: tuple[int, int] | None = st.session_state.get(_LOW)
    chosen = low[1] if low and low[0] == explanation else None
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
                args=(explanation, rater, level, after),
            )
    if chosen is not None:
        _ask_why(explanation, rater, chosen, before, after)
    elif before is not None:
        said = f" Your words: {markdown_text(before.why)}" if before.why else ""
        st.caption(
            f"You gave {before.level}.{said} Another level corrects it; what you gave stays on record."
        )


def _choose(explanation: int, rater: str, level: int, after: int | None) -> None:
    shown, since = st.session_state.get(_SHOWN, (None, 0.0))
    if shown != explanation or time.monotonic() - since < FASTEST_S:
        return
    if level in NEED_A_WHY:
        st.session_state[_LOW] = (explanation, level)
    else:
        _give(explanation, rater, level, "", after)


def _give(explanation: int, rater: str, level: int, why: str, after: int | None) -> None:
    st.session_state.pop(_LOW, None)
    st.session_state[_PENDING] = Pending(explanation, rater, level, why)
    put(place=None if after is None else str(after))


def _ask_why(explanation: int, rater: str, level: int, before: Given | None, after: int | None) -> None:
    key = f"why_{explanation}"
    if key not in st.session_state and before is not None:
        st.session_state[key] = before.why

    def save() -> None:
        why = str(st.session_state.get(key) or "")
        if fault := faults_of(rater, level, why):
            st.session_state[_FAULT] = fault
        else:
            _give(explanation, rater, level, why, after)

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


def _draw_steps(place: int, order: Sequence[int], given: Mapping[int, Given]) -> None:
    with st.container(horizontal=True):
        st.button(
            "Previous",
            icon=":material/chevron_left:",
            key="previous_text",
            shortcut="P",
            disabled=place == 1,
            on_click=_go,
            args=(place - 1,),
        )
        st.button(
            "Skip to the next" if order[place - 1] not in given else "Next",
            icon=":material/chevron_right:",
            icon_position="right",
            key="next_text",
            shortcut="N",
            help="To the next text that is not rated. What you skip comes back at the end.",
            on_click=_go,
            args=(next_place(order, given, place),),
        )


def _go(place: int) -> None:
    st.session_state.pop(_LOW, None)
    put(place=str(place))


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
