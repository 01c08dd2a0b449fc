"""The whole history on one line, in lanes by an attribute: how a taste drifts, and where the cited items stand."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.ui.shared.descriptions import byline
from recexplainer_core.ui.shared.history import dates_of
from recexplainer_core.ui.user_explorer.timeline_figure import timeline_figure

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from recexplainer_core.bundle import Bundle

_DRAWN = "timeline_drawn"
USUAL = ("genres", "category", "decade")
"""Attributes that make the best lanes, where the catalogue has them."""


def lane_attributes(bundle: Bundle) -> list[str]:
    """Return the attributes that can be lanes, the one to begin with first."""
    known = list(bundle.catalogue.descriptive)
    return [*(name for name in USUAL if name in known), *(name for name in known if name not in USUAL)]


def draw_lane_choice(bundle: Bundle) -> str | None:
    """Offer the attributes; return the chosen one, None where the catalogue has none."""
    attributes = lane_attributes(bundle)
    if not attributes:
        return None
    return st.selectbox(
        "Timeline by",
        attributes,
        key="by",
        bind="query-params",
        format_func=lambda name: f"by {name}",
        width=240,
        help="What the lanes of the timeline stand for.",
    )


def draw_timeline(
    slot: DeltaGenerator,
    bundle: Bundle,
    user: int,
    attribute: str | None,
    cited: Collection[int] | None = None,
) -> None:
    """Put the timeline into `slot`, unless it is there already.

    Args:
        slot: an `st.empty()`.
        bundle: the bundle.
        user: whose history.
        attribute: of the lanes; nothing is drawn without one.
        cited: items to mark; None for the first drawing of a run, which marks what the last one of this user did.
    """
    history = bundle.history(user).items
    if attribute is None or not history:
        return
    who = (str(bundle.root), user)
    before, marked, drawings = st.session_state.get(_DRAWN, (None, frozenset(), 0))
    if cited is None:
        cited, drawings = (marked if before == who else frozenset()), 0
    elif before == who and marked == frozenset(cited):
        return
    st.session_state[_DRAWN] = (who, frozenset(cited), drawings + 1)
    catalogue, dates = bundle.catalogue, dates_of(bundle, user)
    seen_from = len(history) - len(bundle.history(user).recent)
    values = [catalogue.values(item, attribute) for item in history]
    slot.plotly_chart(
        timeline_figure(
            [
                "\n".join(part for part in (
                    f"{place + 1}. {catalogue.titles[item]}",
                    byline(catalogue, item),
                    f"{attribute}: {', '.join(catalogue.values(item, attribute)) or 'not known'}",
                    dates[place] if dates else "",
                    "" if place >= seen_from else "not seen by the models",
                ) if part)
                for place, item in enumerate(history)
            ],
            values,
            seen_from,
            [place for place, item in enumerate(history) if item in cited],
            dates,
        ),
        config={"displayModeBar": False},
        key=f"timeline_{drawings}",
        alt=f"Timeline of {len(history)} {catalogue.wording.items} by {attribute}, oldest to newest: "
        + "; ".join(
            f"{catalogue.titles[item]} ({', '.join(values[place]) or 'not known'})"
            for place, item in enumerate(history)
        ),
    )  # fmt: skip
