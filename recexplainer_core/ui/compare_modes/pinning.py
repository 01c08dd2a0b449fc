"""Pinning a second user beside the first, exchanging both, and letting go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.ui.compare_modes.pinned import pin, swap, unpin
from recexplainer_core.ui.shared.descriptions import user_label
from recexplainer_core.ui.shared.escaping import markdown_text

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle


def draw_pinning(bundle: Bundle, user: int, pinned: int | None) -> None:
    """Draw the buttons that fit: pin, or swap and unpin."""
    ids, word = bundle.histories.user_ids, bundle.catalogue.wording.user
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        if pinned is None:
            st.button(
                f"Pin this {word}",
                icon=":material/push_pin:",
                key="pin",
                on_click=pin,
                args=(ids[user],),
                help=f"Keeps the {word} on screen beside the next one you choose.",
            )
            return
        if pinned != user:
            st.button(
                "Swap", icon=":material/swap_vert:", key="swap", on_click=swap, args=(ids[user], ids[pinned])
            )
        st.button("Unpin", icon=":material/keep_off:", key="unpin", on_click=unpin)
        label = markdown_text(user_label(bundle, pinned))
        st.caption(
            f"{label} is pinned. Choose another {word} above to see both."
            if pinned == user
            else f"{label} is pinned below.",
            width="content",
        )
