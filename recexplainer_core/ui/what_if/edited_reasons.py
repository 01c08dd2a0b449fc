"""Why, before the edit and after it: the language model's two reasons for one item, each when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.histories import History
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.ui.shared.marking import draw_legend
from recexplainer_core.ui.shared.rationale_view import draw_asked_rationale, origin_of

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle


def draw_edited_reasons(
    bundle: Bundle,
    item: int,
    mode: AlignmentMode,
    before: tuple[History, Sequence[int]],
    after: tuple[History, Sequence[int]],
) -> None:
    """Draw both reasons side by side.

    Args:
        bundle: the bundle.
        item: the item that is explained.
        mode: in which the language model is asked.
        before: the history as it is, and the language model's list for it.
        after: the same of the edited history.
    """
    for column, name, which, (history, predicted) in zip(
        st.columns(2, gap="medium"),
        ("before", "after"),
        ("the history as it is", "the edited history"),
        (before, after),
        strict=True,
    ):
        with column:
            st.markdown(f"**Why, with {which}**")
            if not history.items:
                st.caption("Nothing is left that could be a reason, so there is nothing to ask.")
                continue
            request = RationaleRequest(history, item, mode)
            draw_asked_rationale(bundle, request, predicted, name, f"Ask why, {name} the edit")
    words = bundle.catalogue.wording
    asked = RationaleRequest(after[0], item, mode)
    draw_legend(
        origin_of(asked),
        "Highlighted",
        f"{words.items} are in the history it was asked about; every claim is tested on that history.",
    )
