"""Which map, coloured by what, with what on it; and the search for an item."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.embedding_map.parameters import CONNECTOR, HIDDEN
from recexplainer_core.ui.embedding_map.colours import colour_label
from recexplainer_core.ui.embedding_map.selected import fly_to, picked, show_whole
from recexplainer_core.ui.embedding_map.view import CHOSEN, EVERYBODY, NOTHING, MapView, colours_of, put_view
from recexplainer_core.ui.shared.palette import choice
from recexplainer_core.ui.shared.title_search import search_titles

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

SPACE_LABELS = {HIDDEN: "What the LLM holds", CONNECTOR: "What the LLM is given", NOTHING: "Nothing"}
MOST_OPTIONS = 20_000
"""Titles that are sent to the browser all at once, at most."""
MOST_FOUND = 50
"""Titles offered for a search in a catalogue that is too large to be sent whole."""


def draw_controls(bundle: Bundle, view: MapView, names: Sequence[str], spaces: Sequence[str]) -> None:
    """Draw the row above the maps."""
    words = bundle.catalogue.wording
    st.session_state.update(
        map_name=view.name, map_colour=view.colour, map_beside=view.beside, map_layers=list(view.layers)
    )
    columns = st.columns([4, 3, 3] if len(names) > 1 else [4, 3], gap="small")
    with columns[0]:
        _draw_search(bundle)
    columns[1].selectbox(
        "Colour by",
        colours_of(bundle),
        format_func=lambda colour: colour_label(bundle, colour),
        key="map_colour",
        on_change=lambda: put_view(bundle, colour=st.session_state["map_colour"]),
    )
    if len(names) > 1:
        columns[2].selectbox(
            "Map",
            names,
            key="map_name",
            on_change=_other_map,
            args=(bundle,),
            help="The same spaces, drawn with other settings of UMAP.",
        )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.segmented_control(
            "Beside the target's map",
            [*spaces, NOTHING],
            format_func=lambda space: choice(SPACE_LABELS[space]),
            key="map_beside",
            required=True,
            on_change=lambda: put_view(bundle, beside=st.session_state["map_beside"]),
            help="*What the LLM holds*: its hidden states, those of the last layer when it has read the title and "
            "nothing else. *What the LLM is given*: the target's vectors as the connector hands them to the LLM.",
        )
        st.pills(
            "Also draw",
            [EVERYBODY, CHOSEN],
            format_func=lambda layer: choice(
                {EVERYBODY: f"{words.users.capitalize()} placed", CHOSEN: f"One {words.user}"}[layer]
            ),
            selection_mode="multi",
            key="map_layers",
            on_change=lambda: put_view(bundle, layers=",".join(st.session_state["map_layers"])),
        )
        state = picked(bundle)
        marked = any(m["ringed"] or m["named"] is not None for m in state["charts"].values())
        st.button(
            "Whole map", icon=":material/zoom_out_map:", key="map_whole", on_click=show_whole, args=(bundle,),
            disabled=not (marked or state["items"] or state["users"]),
            help="Shows both maps whole, with nothing selected.",
        )  # fmt: skip


def _draw_search(bundle: Bundle) -> None:
    words, titles = bundle.catalogue.wording, bundle.catalogue.titles
    items = sorted(range(len(titles)), key=lambda item: titles[item].casefold())
    if len(titles) > MOST_OPTIONS:
        text = st.text_input(
            f"Search {len(titles):,} {words.items}", key="map_search", type="search", live=True, max_chars=80,
            placeholder="Part of a title",
        )  # fmt: skip
        items = search_titles(bundle.catalogue, text or "", most=MOST_FOUND)
        if not items:
            return
    st.selectbox(
        f"Fly to {words.an_item}",
        items,
        index=None,
        format_func=lambda item: titles[item],
        placeholder=f"Search {len(titles):,} {words.items} by title",
        key="map_find",
        on_change=_found,
        args=(bundle,),
    )


def _found(bundle: Bundle) -> None:
    item = st.session_state.get("map_find")
    if item is not None:
        fly_to(bundle, item)
        st.session_state["map_find"] = None


def _other_map(bundle: Bundle) -> None:
    put_view(bundle, map=st.session_state["map_name"])
    show_whole(bundle)
