"""Several users at once: what they are recommended and why, and where the language model fails."""

import streamlit as st

from recexplainer_core.ui.groups.choosing import draw_choosing
from recexplainer_core.ui.groups.common import draw_common, draw_failing
from recexplainer_core.ui.groups.reasons import draw_reasons, explained
from recexplainer_core.ui.shared.address import draw_notices
from recexplainer_core.ui.shared.bundle_cache import current_bundle
from recexplainer_core.ui.shared.copy_link import draw_copy_link
from recexplainer_core.ui.shared.fresh import fresh_container
from recexplainer_core.ui.shared.messages import shown_errors
from recexplainer_core.ui.shared.modes import draw_modes
from recexplainer_core.ui.shared.selection import current_selection
from recexplainer_core.ui.shared.user_filter import current_filter

with shown_errors():
    bundle = current_bundle()
    chosen = current_filter(bundle)
    selection = current_selection(bundle)
    words = bundle.catalogue.wording

    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title("Groups", anchor=False, width="content")
        draw_copy_link()
    draw_notices()
    with st.container(border=True):
        draw_modes(bundle, selection.mode)
        group = draw_choosing(bundle, chosen, selection.mode)
        if not group.users:
            st.info(
                f"No {words.user} fits these filters together. Widen one of them.",
                icon=":material/filter_alt:",
            )
            st.stop()
        drawn = f", of whom {len(group.users)} are drawn by lot" if len(group.users) < group.matching else ""
        st.markdown(f"**{group.matching:,}** of {len(bundle.histories):,} {words.users} fit{drawn}.")
        found = explained(bundle, group, selection.mode)
    if found:
        with fresh_container("group", (group, selection.mode)):
            draw_failing(bundle, found, selection.mode)
            draw_common(bundle, found)
            st.subheader("Their reasons", anchor=False)
            draw_reasons(bundle, found, selection.mode)
