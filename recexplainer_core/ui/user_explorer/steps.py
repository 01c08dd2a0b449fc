"""One item of the lists after the other, by button or key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.ui.shared.selection import select_item

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

NEXT_KEY, PREVIOUS_KEY = "J", "K"


def draw_steps(bundle: Bundle, target: Sequence[int], predicted: Sequence[int], chosen: int) -> None:
    """Offer the items before and after the chosen one: down the target's list, then what only the LLM lists."""
    order = list(dict.fromkeys((*target, *predicted)))
    word, ids = bundle.catalogue.wording.item, bundle.catalogue.item_ids
    place = order.index(chosen) if chosen in order else None
    before = order[place - 1] if place else None
    after = order[0] if place is None else order[place + 1] if place + 1 < len(order) else None
    with st.container(horizontal=True, gap="xsmall", width="content"):
        st.button(
            f"Previous {word}", icon=":material/keyboard_arrow_up:", key="previous_item", type="tertiary",
            disabled=before is None, shortcut=PREVIOUS_KEY,
            on_click=select_item, args=("" if before is None else ids[before],),
        )  # fmt: skip
        st.button(
            f"Next {word}", icon=":material/keyboard_arrow_down:", key="next_item", type="tertiary",
            disabled=after is None, shortcut=NEXT_KEY,
            on_click=select_item, args=("" if after is None else ids[after],),
        )  # fmt: skip
