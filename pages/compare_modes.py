"""One user, every mode: the lists and the reasons side by side, and where they differ."""

import streamlit as st

from recexplainer_core.ui.compare_modes.compared_downloads import draw_downloads
from recexplainer_core.ui.compare_modes.compared_user import draw_cited, draw_user
from recexplainer_core.ui.compare_modes.disagreement import draw_disagreement
from recexplainer_core.ui.compare_modes.mode_answers import compared_user
from recexplainer_core.ui.compare_modes.mode_lists import draw_legend, draw_mode_lists
from recexplainer_core.ui.compare_modes.mode_reasons import draw_asking, draw_reasons
from recexplainer_core.ui.compare_modes.pinned import pinned_user
from recexplainer_core.ui.compare_modes.pinning import draw_pinning
from recexplainer_core.ui.shared.address import draw_notices
from recexplainer_core.ui.shared.bundle_cache import current_bundle
from recexplainer_core.ui.shared.messages import shown_errors
from recexplainer_core.ui.shared.picker import draw_picker
from recexplainer_core.ui.shared.selection import available_modes, current_selection
from recexplainer_core.ui.shared.user_filter import current_filter

with shown_errors():
    bundle = current_bundle()
    pinned = pinned_user(bundle)
    selection = current_selection(bundle)
    others = [] if pinned in (None, selection.user) else [pinned]

    st.title("Compare modes", anchor=False)
    with st.container():
        draw_notices()
    draw_picker(bundle, selection.user, current_filter(bundle), selection.mode)
    draw_pinning(bundle, selection.user, pinned)
    draw_disagreement(bundle)

    users = [compared_user(bundle, user) for user in (selection.user, *others) if user is not None]
    chosen = selection.item
    if chosen is None:
        chosen = next((item for one in users for item in one.target[:1]), None)
    slots = []
    for one, place in zip(users, ("first", "beside"), strict=False):
        with st.container(key=f"side_{place}"):
            slots.append(draw_user(bundle, one, chosen, one.user == pinned))
            draw_mode_lists(bundle, one, chosen, place)
    if chosen is None:
        st.stop()
    draw_legend(bundle, available_modes(bundle))

    with shown_errors():
        draw_asking(bundle, users, chosen)
        for one, slot in zip(users, slots, strict=True):
            draw_reasons(bundle, one, chosen)
            draw_cited(slot, bundle, one, chosen)
        draw_downloads(bundle, users, chosen)
