"""Choosing who rates and what, and having the explanations of a round written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.evaluation.human.rated import Round, RoundPlan
from recexplainer_core.evaluation.human.ratings import RatingsFile
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.ui.shared.bundle_cache import explainer_of
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.palette import choice
from recexplainer_core.ui.shared.rating_state import RATE, RATER, RESULTS, RatingState, put
from recexplainer_core.ui.shared.selection import available_modes

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

USERS, MOST_USERS = 10, 200
_PLANNED, _WRITE = "round_planned", "write_round"


def draw_who_and_what(file: RatingsFile, rounds: Sequence[Round], state: RatingState) -> None:
    """Draw the row that says who rates which round, and whether its results are shown."""
    known = file.raters()
    st.session_state["rating_view"] = state.view
    with st.container(horizontal=True, vertical_alignment="center"):
        if state.rater:
            panel = st.popover(
                f"Rating as {markdown_text(state.rater)}", icon=":material/person:", key="rater_panel"
            )
            with panel:
                _draw_rater(known, state.rater)
                st.caption("Stored with every rating, and part of this page's link.")
        else:
            _draw_rater(known, "")
        if rounds and state.round is not None:
            st.session_state["round"] = state.round.id
            names = {one.id: one for one in rounds}
            st.selectbox(
                "Round",
                list(names),
                key="round",
                format_func=lambda number: _name(names[number]),
                on_change=lambda: put(round=str(st.session_state["round"]), place=None),
                label_visibility="collapsed",
                width=300,
            )
        st.segmented_control(
            "Show",
            [RATE, RESULTS],
            format_func=choice,
            key="rating_view",
            required=True,
            on_change=lambda: put(view=st.session_state["rating_view"].casefold()),
            label_visibility="collapsed",
        )


def _draw_rater(known: Sequence[str], rater: str) -> None:
    st.session_state[RATER] = rater or None
    st.selectbox(
        "Rater",
        sorted({*known, *([rater] if rater else [])}, key=str.casefold),
        key=RATER,
        accept_new_options=True,
        placeholder="Your name or initials",
        on_change=lambda: put(rater=st.session_state[RATER] or None, place=None),
        label_visibility="collapsed",
        width=260,
    )


def draw_no_round(bundle: Bundle, file: RatingsFile) -> None:
    """Say that there is nothing to rate yet, and offer to have it written."""
    words = bundle.catalogue.wording
    if not bundle.held_out.any():
        st.info(
            f"The LLM was taught on every {words.user} of this bundle, so there is nobody to ask it about. "
            "`python -m recexplainer_core build` keeps some apart.",
            icon=":material/group_off:",
        )
        return
    st.info(
        f"Here people say how good a reason is, without knowing which mode of the LLM wrote it. Nothing has been "
        f"written for rating yet: choose how many {words.users} it is about, and every rater will see the same texts.",
        icon=":material/edit_note:",
    )
    draw_new_round(bundle, file)


def draw_new_round(bundle: Bundle, file: RatingsFile) -> None:
    """Draw the form that plans a round; the language model starts when its button is pressed."""
    words = bundle.catalogue.wording
    modes = available_modes(bundle)
    most = min(MOST_USERS, int((bundle.held_out & (bundle.histories.lengths > 0)).sum()))
    with st.form("new_round"):
        users, seed, chosen = st.columns([1, 1, 3])
        n_users = users.number_input(
            words.users.capitalize(), 1, most, min(USERS, most), key="round_users",
            help=f"Drawn from those the LLM never saw, each with one of the target's first ten {words.items}.",
        )  # fmt: skip
        drawn_with = seed.number_input(
            "Seed", 0, 10**6, 0, key="round_seed", help="The same seed draws the same explanations."
        )
        wanted = chosen.multiselect(
            "Modes", [str(mode) for mode in modes], [str(mode) for mode in modes], key="round_modes"
        )
        st.form_submit_button(
            "Write the explanations",
            icon=":material/edit_note:",
            type="primary",
            on_click=_set,
            args=(_PLANNED, True),
        )
        st.caption(
            "One explanation for each mode, all of the same recommendation. Raters are not told which mode wrote "
            "which, and each sees them in an order of their own."
        )
    planned = st.session_state.pop(_PLANNED, False)
    if planned and not wanted:
        st.warning("Choose at least one mode.", icon=":material/checklist:")
    elif planned:
        from recexplainer_core.evaluation.human.rounds import draw_recommendations, engine_settings

        drawn = draw_recommendations(
            bundle.recommender, bundle.histories, bundle.held_out, int(n_users), int(drawn_with)
        )
        in_order = tuple(str(mode) for mode in modes if str(mode) in wanted)
        plan = RoundPlan(
            bundle.root.resolve().name, bundle.manifest_hash, len(drawn), int(drawn_with), in_order
        )
        number = file.open_round(plan, engine_settings(bundle.recommender))
        st.session_state[_WRITE] = (bundle.manifest_hash, number)
        put(round=str(number), place=None, view="rate")
        st.rerun()


def draw_unfinished_round(bundle: Bundle, file: RatingsFile, chosen: Round) -> None:
    """Write a round whose button has been pressed, or offer to go on with one that was interrupted elsewhere.

    Whoever uses another control meanwhile interrupts the writing; it then goes on in the next run.
    """
    asked = (bundle.manifest_hash, chosen.id)
    if st.session_state.get(_WRITE) == asked:
        _write(bundle, file, chosen)
        del st.session_state[_WRITE]
        st.rerun()
    st.warning(
        f"{chosen.written:,} of {chosen.plan.texts:,} explanations are written. Rating starts with the last one.",
        icon=":material/hourglass_top:",
    )
    st.button(
        "Go on writing",
        icon=":material/edit_note:",
        type="primary",
        key="go_on",
        on_click=_set,
        args=(_WRITE, asked),
    )


def _write(bundle: Bundle, file: RatingsFile, chosen: Round) -> None:
    from recexplainer_core.evaluation.human.rounds import draw_recommendations, explain_in_batches

    plan = chosen.plan
    bar = st.progress(
        chosen.written / plan.texts, f"{chosen.written:,} of {plan.texts:,} explanations written"
    )
    explainer = explainer_of(bundle)
    drawn = draw_recommendations(bundle.recommender, bundle.histories, bundle.held_out, plan.users, plan.seed)
    there = [one.user for one in file.explanations(chosen.id).values()]
    left = [one for one in drawn if there.count(bundle.histories.user_ids[one.user]) < len(plan.modes)]
    modes = [AlignmentMode(mode) for mode in plan.modes]
    done = (len(drawn) - len(left)) * len(modes)
    for explanations in explain_in_batches(explainer, bundle.histories, left, modes):
        file.add(chosen.id, explanations)
        done += len(explanations)
        bar.progress(done / plan.texts, f"{done:,} of {plan.texts:,} explanations written")


def _set(name: str, value: object) -> None:
    """Note in the session what a button asks for; the page does it, and shows what comes of it."""
    st.session_state[name] = value


def _name(one: Round) -> str:
    size = f"{one.plan.texts} explanations" if one.complete else "not all written"
    return f"Round {one.id} · {size} · seed {one.plan.seed}"
