"""One user: the history, what the target recommends beside what the language model predicts, and why."""

import math
from collections.abc import Collection
from functools import partial

import streamlit as st

from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.ui.shared.address import draw_notices
from recexplainer_core.ui.shared.agreement import list_agreement
from recexplainer_core.ui.shared.agreement_metrics import draw_agreement
from recexplainer_core.ui.shared.bundle_cache import current_bundle
from recexplainer_core.ui.shared.copy_link import draw_copy_link
from recexplainer_core.ui.shared.descriptions import HISTORY_SEEN
from recexplainer_core.ui.shared.fresh import fresh_container
from recexplainer_core.ui.shared.history import draw_history
from recexplainer_core.ui.shared.listed_titles import draw_nothing_left
from recexplainer_core.ui.shared.messages import shown_errors
from recexplainer_core.ui.shared.modes import draw_modes
from recexplainer_core.ui.shared.picker import draw_picker
from recexplainer_core.ui.shared.selection import current_selection
from recexplainer_core.ui.shared.surrogate_lists import surrogate_list
from recexplainer_core.ui.shared.target_answers import softmax_scores, target_list
from recexplainer_core.ui.shared.user_filter import current_filter
from recexplainer_core.ui.user_explorer.ask import draw_ask
from recexplainer_core.ui.user_explorer.ask_other import draw_ask_other
from recexplainer_core.ui.user_explorer.contrast import draw_contrast
from recexplainer_core.ui.user_explorer.effects import draw_effects
from recexplainer_core.ui.user_explorer.lists import draw_lists, draw_score_choice
from recexplainer_core.ui.user_explorer.notes import draw_notes, draw_notes_button
from recexplainer_core.ui.user_explorer.rate import draw_rate_in_place
from recexplainer_core.ui.user_explorer.reason_choice import draw_reason_choice
from recexplainer_core.ui.user_explorer.record import gather
from recexplainer_core.ui.user_explorer.share import draw_save, draw_save_button, full_link
from recexplainer_core.ui.user_explorer.steps import draw_steps
from recexplainer_core.ui.user_explorer.timeline import draw_lane_choice, draw_timeline, lane_attributes
from recexplainer_core.ui.user_explorer.what_if_link import draw_what_if_link
from recexplainer_core.ui.user_explorer.whole_history import draw_whole_history
from recexplainer_core.ui.user_explorer.why import draw_heading, draw_reason

with shown_errors():
    bundle = current_bundle()
    chosen_users = current_filter(bundle)
    selection = current_selection(bundle)
    words = bundle.catalogue.wording
    history = bundle.history(selection.user)
    recorded = bundle.histories.causes is not None

    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title("User explorer", anchor=False, width="content")
        with st.container(horizontal=True, width="content", gap="xsmall"):
            draw_copy_link()
            notes_panel = draw_notes_button()
            save_panel = draw_save_button()
    # The same slots in the same places: while a reason streams in, Streamlit keeps what moved on screen.
    with st.container():
        draw_notices()
    draw_picker(bundle, selection.user, chosen_users, selection.mode)

    what, why = st.columns([8, 5], gap="medium")
    with what:
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(
                f"**The last {words.items} {words.consumed}**, oldest to newest: {HISTORY_SEEN[selection.mode]}",
                width="content",
            )
            draw_what_if_link(bundle, "Edit this history", selection.mode)
            choices = bool(lane_attributes(bundle)) or recorded
            with st.popover("Show", icon=":material/tune:") if choices else st.empty():
                lanes = draw_lane_choice(bundle)
                causes = recorded and st.toggle(
                    "Recorded tastes (simulated)",
                    key="causes",
                    persist_state="session",
                    help="These choices are simulated, and the simulator recorded the taste behind each of them.",
                )
        timeline_slot, history_slot = st.empty(), st.empty()
        draw_timeline(timeline_slot, bundle, selection.user, lanes)
        draw_history(history_slot, bundle, selection.user, (), causes)

        def _light_up(cited: Collection[int]) -> None:
            draw_history(history_slot, bundle, selection.user, cited, causes)
            draw_timeline(timeline_slot, bundle, selection.user, lanes, cited)

        with st.container():
            draw_whole_history(bundle, selection.user, causes)

        with st.container(horizontal=True, horizontal_alignment="distribute", gap="medium"):
            with st.container(width="content", gap="xxsmall"):
                draw_modes(bundle, selection.mode)
            figures = st.container(width="content")
        lists, below = st.container(), st.container(horizontal=True, horizontal_alignment="distribute")
        with lists:
            target_ranked = target_list(bundle, history)
            target = [item for item, _ in target_ranked]
            if not target:
                draw_nothing_left(bundle)
                st.stop()
            ranked = surrogate_list(bundle, history, selection.mode)
            predicted = [item for item, _ in ranked]
            chosen = target[0] if selection.item is None else selection.item
            with below:
                draw_steps(bundle, target, predicted, chosen)
                show_scores = draw_score_choice(bundle)
            scores = None
            if show_scores:
                scores = softmax_scores(bundle, history, tuple(target)), [math.exp(one) for _, one in ranked]
            draw_lists(bundle, target, predicted, chosen, scores)
        with figures:
            draw_agreement(list_agreement(target, predicted))

    with why:
        about = (bundle.manifest_hash, selection.user, chosen, selection.mode)
        reason, asked = (fresh_container(name, about, border=True) for name in ("reason", "ask"))
    with reason, shown_errors():
        draw_heading(bundle, chosen, target, predicted)
        wanted = draw_reason_choice(words.user)
        request = RationaleRequest(
            history, chosen, selection.mode,
            voice=wanted.voice, verified=wanted.verified, writer=wanted.writer,
        )  # fmt: skip
        rationale = draw_reason(bundle, request, predicted, _light_up)
        draw_rate_in_place(bundle, selection.user, rationale)
    effects, other = st.columns([8, 5], gap="medium")
    with effects, fresh_container("effects", about), shown_errors():
        draw_effects(bundle, rationale)
    with other, fresh_container("other", about), shown_errors():
        draw_ask_other(bundle, history)
        draw_contrast(bundle, request, target, predicted)
    draw_save(save_panel, bundle, selection.user, rationale, target_ranked, ranked)
    draw_notes(
        notes_panel,
        bundle,
        partial(gather, bundle, selection.user, rationale, target_ranked, ranked, full_link()),
    )
    with asked, shown_errors():
        draw_ask(bundle, request)
