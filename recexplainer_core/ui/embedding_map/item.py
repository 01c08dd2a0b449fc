"""The chosen item: what it is, and its nearest neighbours in the target's space and in the LLM's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from recexplainer_core.embedding_map.parameters import CONNECTOR, HIDDEN, TARGET
from recexplainer_core.ui.embedding_map.facts import popularity_of
from recexplainer_core.ui.embedding_map.selected import fly_to
from recexplainer_core.ui.embedding_map.view import NOTHING
from recexplainer_core.ui.shared.descriptions import user_label
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.item_heading import draw_item_heading
from recexplainer_core.ui.shared.row_choice import draw_row_choice
from recexplainer_core.ui.shared.selection import Selection, select_user

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.embedding_map.artefact import EmbeddingMap

_INLINE = {HIDDEN: "what the LLM holds", CONNECTOR: "what the LLM is given"}


def draw_item(bundle: Bundle, made: EmbeddingMap, selection: Selection, beside: str) -> None:
    """Draw the chosen item, or say how to choose one."""
    words, item = bundle.catalogue.wording, selection.item
    if item is None:
        st.info(
            f"Click a point, or search above: its nearest neighbours appear here, in both spaces. To select many "
            f"{words.items}, choose the lasso at the top right of a map.",
            icon=":material/ads_click:",
        )
        return
    draw_item_heading(bundle, item, "{}")
    cluster = made.cluster_labels[made.clusters[item]]
    chosen = int(popularity_of(bundle)[item])
    st.markdown(
        f"Cluster: {markdown_text(cluster)}. {words.consumed.capitalize()} {chosen:,} "
        f"{'time' if chosen == 1 else 'times'} in all histories."
    )
    seen = item in bundle.histories[selection.user]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Show from near",
            icon=":material/my_location:",
            key="map_near",
            on_click=fly_to,
            args=(bundle, item),
        )
        if st.button(
            f"{'Open' if seen else 'Ask why, for'} {markdown_text(user_label(bundle, selection.user))}",
            icon=":material/person_search:",
            key="map_open",
            help=f"Opens the user explorer. This {words.user} has {words.consumed} the {words.item} already, so there "
            "is nothing to recommend."
            if seen
            else f"Opens the user explorer and asks why the {words.item} is, or is not, recommended.",
        ):
            if seen:
                select_user(bundle.histories.user_ids[selection.user])  # without the item
            st.switch_page("pages/user_explorer.py")
    first, second = st.columns(2)
    with first:
        _draw_neighbours(bundle, made, item, TARGET, beside)
    if beside != NOTHING:
        with second:
            _draw_neighbours(bundle, made, item, beside, TARGET)


def _draw_neighbours(bundle: Bundle, made: EmbeddingMap, item: int, space: str, other: str) -> None:
    layout = made.layouts[space]
    near = layout.neighbours[item].tolist()
    shared = set(made.layouts[other].neighbours[item].tolist()) if other != NOTHING else set()
    name = "Nearest in the target's space" if space == TARGET else f"Nearest in {_INLINE[space]}"
    st.markdown(f"**{name}**")
    rows = {
        bundle.catalogue.wording.item: [bundle.catalogue.titles[i] for i in near],
        "cosine": layout.similarities[item].tolist(),
    }
    if shared:
        rows["both"] = ["✓" if i in shared else "" for i in near]

    draw_row_choice(
        pd.DataFrame(rows),
        f"map_near_{space}",
        lambda row: fly_to(bundle, near[row]),
        f"{name}: the ten nearest by cosine; choose a row to go there",
        height="content",
        column_config={
            "cosine": st.column_config.NumberColumn(format="%.2f", width=60),
            "both": st.column_config.TextColumn(width=40),
        },
    )
