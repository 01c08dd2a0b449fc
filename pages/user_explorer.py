"""One user: the history, what the target recommends beside what the language model predicts, and why."""

import streamlit as st

from recexplainer_core.ui.agreement import list_agreement
from recexplainer_core.ui.bundle_cache import (
    current_bundle,
    engine_of,
    stamp,
    surrogate_list,
    target_list,
)
from recexplainer_core.ui.cards.ask_other import draw_ask_other
from recexplainer_core.ui.cards.contrast import draw_contrast
from recexplainer_core.ui.cards.effects import draw_effects
from recexplainer_core.ui.cards.history import draw_history, draw_older
from recexplainer_core.ui.cards.lists import draw_agreement, draw_lists
from recexplainer_core.ui.cards.modes import draw_modes
from recexplainer_core.ui.cards.picker import draw_picker
from recexplainer_core.ui.cards.rate import draw_rate_in_place
from recexplainer_core.ui.cards.what_if_link import draw_what_if_link
from recexplainer_core.ui.cards.why import draw_heading, draw_reason
from recexplainer_core.ui.escaping import markdown_text
from recexplainer_core.ui.messages import shown_errors
from recexplainer_core.ui.reasons import cited_so_far
from recexplainer_core.ui.selection import current_selection, take_notices
from recexplainer_core.ui.user_filter import current_filter
from recexplainer_core.ui.wording import HISTORY_SEEN

with shown_errors():
    bundle = current_bundle()
    chosen_users = current_filter(bundle)
    selection = current_selection(bundle)
    words = bundle.catalogue.wording
    history = tuple(int(item) for item in bundle.histories[selection.user])
    recorded = bundle.histories.causes is not None

    st.title("User explorer", anchor=False)
    # The same slots in the same places: while a reason streams in, Streamlit keeps what moved on screen.
    notice_slot = st.container()
    if notices := take_notices():
        notice_slot.warning("  \n".join(map(markdown_text, notices)), icon=":material/link_off:")
    draw_picker(bundle, selection.user, chosen_users, selection.mode)

    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(
            f"**The last {words.items} {words.consumed}**, oldest to newest: {HISTORY_SEEN[selection.mode]}",
            width="content",
        )
        draw_what_if_link(bundle, "Edit this history", selection.mode)
        causes = recorded and st.toggle(
            "Recorded tastes (simulated)",
            key="causes",
            persist_state="session",
            help="These choices are simulated, and the simulator recorded the taste behind each of them.",
        )
    history_slot = st.empty()
    draw_history(history_slot, bundle, selection.user, (), causes)
    with st.container():
        draw_older(bundle, selection.user, causes)

    what, why = st.columns([8, 5], gap="medium")
    with what:
        with st.container(horizontal=True, horizontal_alignment="distribute", gap="medium"):
            with st.container(width="content", gap="xxsmall"):
                draw_modes(bundle, selection.mode)
            figures = st.container(width="content")
        lists = st.container()
        with lists:
            target = [item for item, _ in target_list(bundle, history)]
            if not target:
                st.info(
                    f"This {words.user} has {words.consumed} everything in the catalogue, so nothing is left to "
                    f"recommend. Choose another {words.user}.",
                    icon=":material/done_all:",
                )
                st.stop()
            engine = engine_of(bundle)
            predicted = [item for item, _ in surrogate_list(bundle, engine, history, selection.mode)]
            chosen = target[0] if selection.item is None else selection.item
            draw_lists(bundle, target, predicted, chosen)
        with figures:
            draw_agreement(list_agreement(target, predicted))

    with why, st.container(border=True), shown_errors():
        draw_heading(bundle, chosen, target, predicted)
        key = (stamp(bundle.root), history, chosen, selection.mode)
        draw_reason(
            bundle,
            engine,
            key,
            predicted,
            lambda cited: draw_history(history_slot, bundle, selection.user, cited, causes),
        )
        draw_rate_in_place(bundle, selection.user, key)
    effects, other = st.columns([8, 5], gap="medium")
    with effects, shown_errors():
        draw_effects(bundle, history, chosen, cited_so_far(key, bundle.catalogue))
    with other, shown_errors():
        draw_ask_other(bundle, history)
        draw_contrast(bundle, engine, history, chosen, selection.mode, target, predicted)
