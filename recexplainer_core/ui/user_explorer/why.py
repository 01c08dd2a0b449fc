"""The reason for one recommendation, written while one watches."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.modes import AlignmentMode
from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.ui.shared.item_heading import draw_item_heading
from recexplainer_core.ui.shared.listed_titles import place_in
from recexplainer_core.ui.shared.marking import draw_legend
from recexplainer_core.ui.shared.rationale_view import draw_rationale, origin_of
from recexplainer_core.ui.user_explorer.trial import draw_trial_button

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.rationale.explainer import Rationale


def draw_heading(bundle: Bundle, item: int, target: Sequence[int], predicted: Sequence[int]) -> None:
    """Say which item is explained and where both lists have it."""
    draw_item_heading(bundle, item, "Why {}?")
    st.markdown(
        f":blue-badge[target: {place_in(target, item)}] :green-badge[LLM: {place_in(predicted, item)}]"
    )


def draw_reason(
    bundle: Bundle,
    request: RationaleRequest,
    predicted: Sequence[int],
    on_citation: Callable[[Collection[int]], None],
) -> Rationale:
    """Stream the reason, or show the one already written; `on_citation` gets the items it cites."""
    rationale = draw_rationale(
        bundle, request, predicted, on_citation=on_citation,
        draw_control=lambda written: draw_trial_button(bundle, request, written.cited_items),
    )  # fmt: skip
    outside = rationale.cited_items - set(request.history.items)
    words = bundle.catalogue.wording
    untaught = " It was never taught about this target." if request.mode is AlignmentMode.NONE else ""
    draw_legend(
        origin_of(request),
        "Highlighted",
        f"{words.items} are in the history{', **bold** ones are not' if outside else ''}.{untaught}",
    )
    return rationale
