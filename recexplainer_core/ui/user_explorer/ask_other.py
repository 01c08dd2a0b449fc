"""Any other item of the catalogue, to ask why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recexplainer_core.histories import History
from recexplainer_core.ui.shared.item_search import draw_item_search
from recexplainer_core.ui.shared.selection import select_item

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle


def draw_ask_other(bundle: Bundle, history: History) -> None:
    """Offer every unseen item; whichever is chosen is explained."""
    draw_item_search(
        bundle,
        "other_item",
        f"Why not another {bundle.catalogue.wording.item}?",
        history.items,
        lambda item: select_item(bundle.catalogue.item_ids[item]),
    )
