"""A target that only knows the users it was fitted with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.ui.shared.descriptions import target_name
from recexplainer_core.ui.shared.escaping import markdown_text

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle


def draw_not_editable(bundle: Bundle) -> None:
    """Say why no history can be edited here, and what can be done instead."""
    words = bundle.catalogue.wording
    st.info(
        f"The target of this bundle ({markdown_text(target_name(bundle))}) cannot be asked about an edited history: it "
        f"came with one vector for each {words.user} it knew, and without the means to make one for a history it has "
        "not seen. Histories can be edited where the target computes its vectors itself, as SASRec and matrix "
        "factorisation do: `python -m recexplainer_core build DATA --out DIR --target sasrec`.",
        icon=":material/edit_off:",
    )
    st.page_link(
        "pages/user_explorer.py",
        label=f"Look at the {words.users} as they are",
        icon=":material/person_search:",
    )
