"""Where to start: three users worth opening, and every other screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.ui.overview.starting_points import StartingPoint, starting_points
from recexplainer_core.ui.shared.bundle_choice import PARAMETER
from recexplainer_core.ui.shared.descriptions import user_label
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.navigation import app_pages
from recexplainer_core.ui.shared.report_missing import evaluate_command
from recexplainer_core.ui.shared.target_answers import LIST_LENGTH

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

EXPLORER = "pages/user_explorer.py"
HEADINGS = {
    "agreeing": "They agree most",
    "disagreeing": "They agree least",
    "longest": "The longest history",
}
ICONS = {
    "agreeing": ":material/handshake:",
    "disagreeing": ":material/call_split:",
    "longest": ":material/history:",
}


def draw_starting_points(bundle: Bundle) -> None:
    """Draw a card for each user worth opening, with a link to the user explorer."""
    points = starting_points(bundle)
    for column, point in zip(st.columns(3), points, strict=False):
        with column.container(border=True, height="stretch"):
            st.subheader(HEADINGS[point.why], icon=ICONS[point.why], anchor=False)
            st.markdown(_sentence(bundle, point))
            link = _kept() | {"user": bundle.histories.user_ids[point.user]}
            st.page_link(
                EXPLORER,
                label=markdown_text(user_label(bundle, point.user)),
                icon=":material/arrow_forward:",
                icon_position="right",
                query_params=link if point.mode is None else link | {"mode": str(point.mode)},
            )
    if not any(point.why == "agreeing" for point in points):
        st.caption(
            f"This bundle's report does not say for which {bundle.catalogue.wording.users} the models agree. "
            f"Measured anew, it does: `{evaluate_command(bundle)}`"
        )


def draw_screens(bundle: Bundle, here: str) -> None:
    """Draw a link to every other screen with what it is for.

    Args:
        bundle: the bundle on screen.
        here: title of the screen that shows them.
    """
    others = [page for page in app_pages() if page.title != here]
    columns = st.columns(min(3, len(others)), gap="medium")
    for number, page in enumerate(others):
        with columns[number % len(columns)].container(gap="xxsmall"):
            st.page_link(page, query_params=_kept() or None)
            st.caption(page.help)


def _kept() -> dict[str, str]:
    """Return what of the address every screen understands: the bundle, where several are on offer."""
    return {name: st.query_params[name] for name in (PARAMETER,) if name in st.query_params}


def _sentence(bundle: Bundle, point: StartingPoint) -> str:
    words = bundle.catalogue.wording
    count = f"{int(bundle.histories.lengths[point.user]):,} {words.items} {words.consumed}"
    if point.same_first is None:
        return f"{count}{', and the LLM never saw them' if bundle.held_out[point.user] else ''}."
    begin = f"the same {words.item}" if point.same_first else f"different {words.items}"
    return (
        f"In **{point.mode}** mode both lists begin with {begin} and share {point.shared} of {LIST_LENGTH} "
        f"(rank-biased overlap {point.overlap:.2f}). {count}."
    )
