"""Who a row of lists belongs to: the name and the history, with what the reasons cite marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.ui.compare_modes.mode_answers import ComparedUser, known_reasons
from recexplainer_core.ui.shared.descriptions import user_label
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.history import draw_history

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from recexplainer_core.bundle import Bundle


def draw_user(bundle: Bundle, one: ComparedUser, item: int | None, pinned: bool) -> DeltaGenerator:
    """Draw the name and the history, and return the place of the latter."""
    words = bundle.catalogue.wording
    badge = " :gray-badge[:material/push_pin: pinned]" if pinned else ""
    st.markdown(
        f"**{markdown_text(user_label(bundle, one.user))}**{badge} · the last {words.items} {words.consumed}, "
        "oldest to newest"
    )
    slot = st.empty()
    draw_cited(slot, bundle, one, item)
    return slot


def draw_cited(slot: DeltaGenerator, bundle: Bundle, one: ComparedUser, item: int | None) -> None:
    """Put the history into its place, with what the reasons for an item cite marked."""
    reasons = {} if item is None else known_reasons(bundle, one, item)
    cited = {cited for reason in reasons.values() for cited in reason.cited_items}
    draw_history(slot, bundle, one.user, cited, causes=False)
