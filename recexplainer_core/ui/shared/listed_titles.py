"""Titles of a ranked list: the button that chooses one, its place in words, and what stands for an empty list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.ui.shared.descriptions import byline
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.selection import select_item

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

ROW_HEIGHT = 40
"""Pixels of a button, with which a figure between two lists has to keep step."""


def draw_title_button(
    bundle: Bundle, item: int, key: str, label: str, chosen: bool, about: str, icon: str | None = None
) -> None:
    """Draw the button that makes an item of a list the explained one.

    Args:
        bundle: the bundle.
        item: the item.
        key: of the button.
        label: on the button, as Markdown.
        chosen: whether it is the explained one already.
        about: the tooltip, as Markdown, with `{}` for the title and what the item is.
        icon: before the label.
    """
    title = markdown_text(bundle.catalogue.titles[item])
    st.button(
        label,
        key=key,
        icon=icon,
        type="primary" if chosen else "tertiary",
        wrap=False,
        on_click=select_item,
        args=(bundle.catalogue.item_ids[item],),
        help=about.format(f"{title} ({markdown_text(byline(bundle.catalogue, item))})"),
    )


def place_in(listed: Sequence[int], item: int, otherwise: str = "not in its list") -> str:
    """Return where an item stands in a list, "no. 3"."""
    return f"no. {listed.index(item) + 1}" if item in listed else otherwise


def draw_nothing_left(bundle: Bundle) -> None:
    """Say that a user has seen everything."""
    words = bundle.catalogue.wording
    st.info(
        f"This {words.user} has {words.consumed} everything in the catalogue, so nothing is left to recommend. "
        f"Choose another {words.user}.",
        icon=":material/done_all:",
    )
