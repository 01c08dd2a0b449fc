"""Any other item of the catalogue, to ask why not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.ui.selection import select_item

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

MOST_OPTIONS = 20_000
"""Titles that are offered as a list; the browser gets all of them."""


def draw_ask_other(bundle: Bundle, history: Sequence[int]) -> None:
    """Offer every unseen item; whichever is chosen is explained."""
    words, titles = bundle.catalogue.wording, bundle.catalogue.titles
    options = [item for item in range(len(titles)) if item not in set(history)]
    if len(options) > MOST_OPTIONS:
        return
    st.selectbox(
        f"Why not another {words.item}?",
        sorted(options, key=lambda item: titles[item].casefold()),
        index=None,
        format_func=lambda item: titles[item],
        placeholder=f"Search {len(options):,} {words.items} by title",
        key="other_item",
        on_change=_ask,
        args=(bundle,),
    )


def _ask(bundle: Bundle) -> None:
    item = st.session_state.get("other_item")
    if item is not None:
        select_item(bundle.catalogue.item_ids[item])
        st.session_state["other_item"] = None
