"""The heading over what is said of one item: a question with its title, and what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.ui.shared.descriptions import byline
from recexplainer_core.ui.shared.escaping import markdown_text

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle


def draw_item_heading(bundle: Bundle, item: int, question: str = "Why {}?") -> None:
    """Draw a question with the title of an item in it, and below it the item's attributes."""
    st.subheader(question.format(markdown_text(bundle.catalogue.titles[item])), anchor=False)
    if about := byline(bundle.catalogue, item):
        st.caption(markdown_text(about))
