"""Taking an explanation along, the whole of it as a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from recexplainer_core.ui.shared.downloads import draw_download
from recexplainer_core.ui.shared.target_answers import Ranking
from recexplainer_core.ui.user_explorer.record import as_csv, as_json, gather
from recexplainer_core.ui.user_explorer.record_page import as_html

if TYPE_CHECKING:
    from streamlit.elements.lib.mutable_popover_container import PopoverContainer

    from recexplainer_core.bundle import Bundle
    from recexplainer_core.rationale.explainer import Rationale

_NOT_IN_A_NAME = re.compile(r"[^\w-]+")


def full_link() -> str:
    """Return the address of what is on screen, parameters included."""
    where = str(st.context.url or "")
    return f"{where}?{urlencode(st.query_params.to_dict())}" if st.query_params else where


def draw_save_button() -> PopoverContainer:
    """Draw the button; return its panel, to be filled when everything on screen is known."""
    return st.popover("Save", icon=":material/download:", key="save", on_change="rerun")


def draw_save(
    panel: PopoverContainer,
    bundle: Bundle,
    user: int,
    rationale: Rationale,
    target: Ranking,
    predicted: Ranking,
) -> None:
    """Offer the explanation as a page, as data and as a table, once the panel is open.

    Args:
        panel: to fill.
        bundle: the bundle.
        user: whose explanation it is.
        rationale: the reason.
        target, predicted: both lists, with their scores.
    """
    if not panel.open:
        return
    with panel:
        explanation = gather(bundle, user, rationale, target, predicted, full_link())
        st.caption(
            "History, both lists with scores, the reason with its checks, attribution, settings and the hash of "
            "the manifest." + ("" if rationale.complete else " The reason is saved as far as it is written.")
        )
        name = _NOT_IN_A_NAME.sub("-", "-".join(
            ("explanation", str(explanation.user["id"]), str(explanation.item["id"]), str(rationale.request.mode))
        ))  # fmt: skip
        for label, ending, data in (
            ("Page (HTML)", "html", as_html(explanation, bundle.catalogue, rationale.citations)),
            ("Data (JSON)", "json", as_json(explanation)),
            ("Table (CSV)", "csv", as_csv(explanation)),
        ):
            draw_download(label, data, f"{name}.{ending}", f"save_{ending}", width="stretch")
