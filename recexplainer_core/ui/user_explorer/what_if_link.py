"""The way to the screen What if, with whom and what it is to show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.modes import AlignmentMode
from recexplainer_core.ui.shared.address import parameters
from recexplainer_core.ui.shared.bundle_choice import PARAMETER as BUNDLE
from recexplainer_core.ui.shared.edits import PARAMETER, spelled

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle


def draw_what_if_link(
    bundle: Bundle,
    label: str,
    mode: AlignmentMode,
    item: int | None = None,
    edited: Sequence[int] | None = None,
) -> None:
    """Draw a link that shows the same user there.

    Args:
        bundle: the bundle.
        label: of the link.
        mode: that is chosen there.
        item: that is followed there, the target's first choice unless given.
        edited: the history that is applied there; the one as it is unless given.
    """
    link = parameters((BUNDLE, "user")) | {"mode": str(mode)}
    if item is not None:
        link["item"] = bundle.catalogue.item_ids[item]
    if edited is not None:
        link[PARAMETER] = spelled(edited, bundle.catalogue)
    st.page_link("pages/what_if.py", label=label, icon=":material/edit_note:", query_params=link)
