"""One item over all users: who is recommended it, what carries it there, and what is like it."""

import streamlit as st

from recexplainer_core.ui.item.about import draw_about, draw_description, draw_standing
from recexplainer_core.ui.item.audience import draw_audience
from recexplainer_core.ui.item.carriers import draw_carriers
from recexplainer_core.ui.item.nearest import draw_nearest
from recexplainer_core.ui.shared.address import draw_notices
from recexplainer_core.ui.shared.bundle_cache import current_bundle
from recexplainer_core.ui.shared.copy_link import draw_copy_link
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.fresh import fresh_container
from recexplainer_core.ui.shared.item_search import draw_item_search
from recexplainer_core.ui.shared.messages import shown_errors
from recexplainer_core.ui.shared.selection import current_selection, select_item
from recexplainer_core.ui.shared.target_answers import target_list

with shown_errors():
    bundle = current_bundle()
    selection = current_selection(bundle)
    catalogue, words = bundle.catalogue, bundle.catalogue.wording

    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title("Item", anchor=False, width="content")
        draw_copy_link()
    draw_notices()
    draw_item_search(
        bundle,
        "item_search",
        f"Choose a {words.item}",
        (),
        lambda item: select_item(catalogue.item_ids[item]),
    )
    item = selection.item
    if item is None:  # what the user on screen elsewhere is recommended first
        listed = target_list(bundle, bundle.history(selection.user))
        item = listed[0][0] if listed else 0
        select_item(catalogue.item_ids[item])

    with fresh_container("item", (bundle.manifest_hash, item)):
        st.header(markdown_text(catalogue.titles[item]), anchor=False)
        draw_standing(bundle, item)
        facts, who = st.columns(2, gap="large")
        with facts:
            draw_about(bundle, item)
            draw_description(bundle, item, selection.mode)
        with who:
            draw_audience(bundle, item)
        why, like = st.columns(2, gap="large")
        with like:
            draw_nearest(bundle, item)
        with why:  # drawn last: it takes longest
            draw_carriers(bundle, item)
