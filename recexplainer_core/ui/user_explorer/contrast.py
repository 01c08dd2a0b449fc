"""Why this and not that: two items compared, in the language model's words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.item_search import draw_item_search
from recexplainer_core.ui.shared.rationale_view import draw_asked_rationale
from recexplainer_core.ui.shared.selection import select_versus

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

_SUGGESTED = 3


def draw_contrast(
    bundle: Bundle, request: RationaleRequest, target: Sequence[int], predicted: Sequence[int]
) -> None:
    """Offer the comparison of an item with any other unseen one.

    Args:
        bundle: the bundle.
        request: asks about the item.
        target: the target's list; its first items are suggested.
        predicted: the language model's list, likewise.
    """
    titles, words, item = bundle.catalogue.titles, bundle.catalogue.wording, request.item
    without = {*request.history.items, item}
    other = _other_of_link(bundle, without)
    if other is None:
        first = dict.fromkeys([*predicted[:1], *target])
        draw_item_search(
            bundle,
            "versus",
            f"Why {markdown_text(titles[item])} and not another {words.item}?",
            without,
            lambda each: select_versus(bundle.catalogue.item_ids[each]),
            [each for each in first if each != item][:_SUGGESTED],
        )
        return
    with st.container(border=True):
        st.markdown(
            f"**{markdown_text(titles[item])}** and **{markdown_text(titles[other])}**, which first and why?"
        )
        compared = replace(request, other=other)
        draw_asked_rationale(bundle, compared, None, "versus", "Ask the LLM to compare them")
        st.button(
            f"Compare with another {words.item}", icon=":material/close:", key="versus_none", type="tertiary",
            on_click=select_versus, args=(None,),
        )  # fmt: skip


def _other_of_link(bundle: Bundle, without: Collection[int]) -> int | None:
    """Return the item in the address that another is to be compared with; one that cannot be is named."""
    item_id = st.query_params.get("versus")
    if item_id is None:
        return None
    words, other = bundle.catalogue.wording, bundle.catalogue.by_id.get(item_id)
    if other is not None and other not in without:
        return other
    st.warning(
        f"No {words.item} to compare with has the id {markdown_text(item_id)} in this bundle. Choose one here."
        if other is None
        else f"{markdown_text(bundle.catalogue.titles[other])} cannot be compared with here: it was {words.consumed} "
        f"already, or is the {words.item} itself. Choose another.",
        icon=":material/link_off:",
    )
    return None
