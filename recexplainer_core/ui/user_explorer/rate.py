"""Rating a reason where it is read: the mode is in view, so the rating is kept apart from the blind ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import streamlit as st

from recexplainer_core.errors import RecExplainerError
from recexplainer_core.evaluation.human.rated import (
    FEWEST_WORDS,
    LONGEST_RATER,
    LONGEST_WHY,
    NEED_A_WHY,
    RatedExplanation,
    faults_of,
)
from recexplainer_core.evaluation.judge import LEVELS
from recexplainer_core.ui.shared.descriptions import level_label
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.rating_state import rater_of_session, ratings_file, remember

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.rationale.explainer import Rationale

_RATED, _ASKED = "rated_in_place", "rate_in_place_asked"


def draw_rate_in_place(bundle: Bundle, user: int, rationale: Rationale) -> None:
    """Offer the four levels for the reason on screen."""
    if not rationale.text:
        return
    given = st.session_state.setdefault(_RATED, {}).get((bundle.manifest_hash, rationale))
    panel = st.popover(
        "Rate this reason" if given is None else f"You gave {given}",
        icon=":material/grading:",
        key="rate_panel",
        on_change="rerun",
    )
    if panel.open:
        with panel:
            _draw_form(bundle, user, rationale, given)


def _draw_form(bundle: Bundle, user: int, rationale: Rationale, given: int | None) -> None:
    with st.form("rate_in_place", border=False):
        rater = st.text_input(
            "Your name or initials", rater_of_session(), max_chars=LONGEST_RATER, key="in_place_rater"
        )
        level = st.radio(
            "How good a reason is this?",
            list(LEVELS),
            index=None if given is None else given,
            format_func=level_label,
            key="in_place_level",
        )
        why = st.text_input(
            f"Why? At least {FEWEST_WORDS} words for {' and '.join(map(str, NEED_A_WHY))}",
            max_chars=LONGEST_WHY,
            key="in_place_why",
        )
        st.form_submit_button("Save", icon=":material/check:", type="primary", on_click=_ask)
    st.caption("The mode is in view here, so this is kept apart from the blind ratings.")
    if not st.session_state.pop(_ASKED, False):
        return
    fault = "Choose a level." if level is None else faults_of(rater, level, why)
    if level is None or fault:
        st.warning(fault, icon=":material/edit:")
        return
    try:
        _keep(bundle, user, rationale, rater, level, why)
    except RecExplainerError as broken:
        st.error(markdown_text(str(broken)), icon=":material/error:")
        return
    remember(rater=" ".join(rater.split()))
    st.session_state[_RATED][bundle.manifest_hash, rationale] = level
    st.session_state.pop("rate_panel", None)
    st.rerun()


def _ask() -> None:
    st.session_state[_ASKED] = True


def _keep(bundle: Bundle, user: int, rationale: Rationale, rater: str, level: int, why: str) -> None:
    from recexplainer_core.evaluation.human.rounds import engine_settings, shown_history

    catalogue, request = bundle.catalogue, rationale.request
    one = RatedExplanation(
        user=bundle.histories.user_ids[user],
        item=catalogue.item_ids[request.item],
        title=catalogue.titles[request.item],
        history=shown_history(catalogue, request.history),
        mode=str(request.mode),
        verdict="",
        text=rationale.text,
    )
    settings: Mapping[str, Any] = engine_settings(bundle.recommender, rationale.temperature)
    file = ratings_file(bundle)
    kept = file.keep_in_place(one, bundle.root.resolve().name, bundle.manifest_hash, settings)
    file.rate(kept, rater, level, why, bundle.manifest_hash)
