"""An edited history: what both models make of it, beside what they made of it before."""

import streamlit as st

from recexplainer_core.recommenders.base import FoldsIn
from recexplainer_core.ui.shared import palette
from recexplainer_core.ui.shared.address import draw_notices
from recexplainer_core.ui.shared.agreement import list_agreement
from recexplainer_core.ui.shared.agreement_metrics import draw_agreement
from recexplainer_core.ui.shared.approximate import draw_approximate
from recexplainer_core.ui.shared.bundle_cache import current_bundle
from recexplainer_core.ui.shared.edits import address_names_user, current_edit, difference
from recexplainer_core.ui.shared.item_heading import draw_item_heading
from recexplainer_core.ui.shared.listed_titles import draw_nothing_left
from recexplainer_core.ui.shared.messages import shown_errors
from recexplainer_core.ui.shared.modes import draw_modes
from recexplainer_core.ui.shared.picker import draw_picker
from recexplainer_core.ui.shared.selection import current_selection
from recexplainer_core.ui.shared.surrogate_lists import surrogate_list
from recexplainer_core.ui.shared.target_answers import change_of
from recexplainer_core.ui.shared.user_filter import current_filter
from recexplainer_core.ui.what_if.before_after import MARKS_MEAN, draw_before_after
from recexplainer_core.ui.what_if.change_download import draw_change_download
from recexplainer_core.ui.what_if.draft import draft_of
from recexplainer_core.ui.what_if.edited_reasons import draw_edited_reasons
from recexplainer_core.ui.what_if.followed import draw_place, draw_standing
from recexplainer_core.ui.what_if.history_editor import draw_history_editor
from recexplainer_core.ui.what_if.moves import moves
from recexplainer_core.ui.what_if.not_editable import draw_not_editable

with shown_errors():
    bundle = current_bundle()
    from_address = address_names_user()
    selection = current_selection(bundle)
    edit = current_edit(bundle, selection.user, from_address)
    words = bundle.catalogue.wording
    history = bundle.history(selection.user)
    original = history.recent

    st.title("What if", anchor=False)
    draw_notices()
    if not bundle.recommender.supports_edits:
        draw_not_editable(bundle)
        st.stop()
    draw_picker(bundle, selection.user, current_filter(bundle), selection.mode)
    applied = original if edit is None else edit.items
    draft = draft_of((bundle.manifest_hash, selection.user, applied), applied)
    with st.container(border=True):
        draw_history_editor(bundle, original, applied, draft)
    if isinstance(bundle.recommender, FoldsIn):
        draw_approximate(bundle.recommender, words.users)
    st.caption(
        f"What you take out stays seen, so neither model recommends it, and no older {words.item} takes its place. "
        f"What you add counts as {words.consumed}, so it leaves the lists."
    )
    if edit is None:
        st.info(
            f"Nothing is asked until an edit is applied. A start: choose the newest {words.item}, the last one above, "
            "take it out, and press Apply.",
            icon=":material/edit_note:",
        )
        st.stop()

    entered = difference(original, edit.items).added
    found = change_of(bundle, history, edit, selection.item)
    if not found.listed:
        draw_nothing_left(bundle)
        st.stop()
    chosen = found.listed[0] if selection.item is None else selection.item
    targets = moves(found.listed, found.listed_after, entered, found.ranks, found.ranks_after)

    with st.container(horizontal=True, horizontal_alignment="distribute", gap="medium"):
        with st.container(width="content", gap="xxsmall"):
            draw_modes(bundle, selection.mode)
        agreements = st.container(width="content")
    left, right = st.columns(2, gap="medium")
    with left:
        draw_before_after(bundle, "target", "Target", ("blue", palette.TARGET), targets, chosen)
    st.markdown(MARKS_MEAN)
    followed = st.container(border=True)
    with followed:
        draw_item_heading(bundle, chosen, "What becomes of {}?")
        standing = st.container(horizontal=True, gap="medium")
        with standing:
            draw_standing(chosen, found, chosen in entered)

    with right, shown_errors():
        before, after = (
            [item for item, _ in surrogate_list(bundle, each, selection.mode)] for each in (history, edit)
        )
        guesses = moves(before, after, entered)
        draw_before_after(bundle, "surrogate", "LLM", ("green", palette.SURROGATE), guesses, chosen)
    with standing:
        draw_place(chosen, before, after, entered)
    with agreements:
        draw_agreement(list_agreement(found.listed_after, after), list_agreement(found.listed, before))
    with followed, shown_errors():
        draw_edited_reasons(bundle, chosen, selection.mode, (history, before), (edit, after))
    draw_change_download(bundle, selection, edit.items, found, targets, guesses)
