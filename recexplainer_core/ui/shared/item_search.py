"""A field that finds an item by its title; only what it finds is sent to the browser."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.ui.shared.descriptions import byline
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.title_search import search_titles

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

MOST_FOUND = 6


@st.fragment
def draw_item_search(
    bundle: Bundle,
    key: str,
    label: str,
    without: Collection[int],
    on_choose: Callable[[int], None],
    suggested: Sequence[int] = (),
) -> None:
    """Draw the field and, as buttons, what it finds; typing draws nothing else of the page anew.

    Args:
        bundle: the bundle.
        key: of the field; the buttons have it with their number behind.
        label: of the field.
        without: items not to be found.
        on_choose: called with the item of the button that is pressed, before the page runs again.
        suggested: items on offer before anything is typed.
    """
    if st.session_state.pop(f"{key}_found", False):
        st.rerun()  # the choice changes more than this field
    words = bundle.catalogue.wording
    text = st.text_input(
        label,
        key=key,
        type="search",
        live=True,
        max_chars=120,
        icon=":material/search:",
        placeholder=f"Search {len(bundle.catalogue):,} {words.items} by title",
    )
    found = search_titles(bundle.catalogue, text or "", without, MOST_FOUND)
    if text and not found:
        st.caption(f"No {words.item} on offer has {markdown_text(text)} in its title. Try fewer letters.")
    with st.container(horizontal=True, gap="xsmall"):
        for number, item in enumerate(found if text else suggested):
            title = markdown_text(bundle.catalogue.titles[item])
            about = markdown_text(byline(bundle.catalogue, item))
            st.button(
                title,
                key=f"{key}_{number}",
                help=about or None,
                on_click=_choose,
                args=(key, on_choose, item),
            )


def _choose(key: str, on_choose: Callable[[int], None], item: int) -> None:
    on_choose(item)
    st.session_state[key], st.session_state[f"{key}_found"] = "", True
