"""What has been picked on either map, copied out of the charts, and what each chart therefore has to mark.

A chart forgets its own selection and its zoom when its figure changes. So a chart on which something is
picked is left as it is, and shows it in plotly's own way; the other one is drawn again with rings.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import streamlit as st

from recexplainer_core.ui.embedding_map.view import CHOSEN, EVERYBODY, put_view
from recexplainer_core.ui.shared.selection import select_item, select_user

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

CHARTS = ("map_left", "map_right")
_STATE = "map_picked"


def picked(bundle: Bundle) -> dict[str, Any]:
    """Return what is picked: "items", "users"; and for each chart the "ringed" items, "named" item, and if "near"."""
    state: dict[str, Any] | None = st.session_state.get(_STATE)
    if state is None or state["manifest_hash"] != bundle.manifest_hash:
        state = _nothing(bundle)
        st.session_state[_STATE] = state
    return state


def begin(bundle: Bundle, item: int | None) -> None:
    """Name the item of the link on both maps, unless it was picked on one of them."""
    state = picked(bundle)
    if state["item"] != item:
        state["item"] = item
        for marks in state["charts"].values():
            marks.update(named=item, near=False)


def numbers_of(event: Mapping[str, Any]) -> tuple[list[int], list[int]]:
    """Return the items and the users among the points of a selection event, each once."""
    found: dict[int, None] = {}
    for point in event.get("selection", {}).get("points", ()):
        number = point.get("customdata")
        number = number[0] if isinstance(number, list | tuple) and number else number
        if isinstance(number, int | float) and float(number).is_integer():
            found[int(number)] = None
    return [n for n in found if n >= 0], [-1 - n for n in found if n < 0]


def on_pick(bundle: Bundle, chart: str) -> None:
    """Take over what has been picked on a chart: one point chooses it, several are selected, none ends that."""
    event = st.session_state[chart]
    items, users = numbers_of(event)
    items = [item for item in items if item < len(bundle.catalogue)]
    users = [user for user in users if user < len(bundle.histories)]
    drawn = bool(event["selection"].get("box") or event["selection"].get("lasso"))
    state = picked(bundle)
    if drawn or len(items) + len(users) != 1:
        state["items"], state["users"] = items, users
        _mark_elsewhere(state, chart, ringed=items)
    elif items:
        select_item(bundle.catalogue.item_ids[items[0]])
        state["item"] = items[0]
        _mark_elsewhere(state, chart, named=items[0])
    else:
        select_user(bundle.histories.user_ids[users[0]])
        put_view(bundle, layers=f"{EVERYBODY},{CHOSEN}")


def fly_to(bundle: Bundle, item: int) -> None:
    """Choose an item and show it from near on both maps."""
    select_item(bundle.catalogue.item_ids[item])
    state = picked(bundle)
    state["item"] = item
    for marks in state["charts"].values():
        marks.update(named=item, near=True)


def show_whole(bundle: Bundle) -> None:
    """Show both maps whole again, with nothing picked."""
    st.session_state[_STATE] = {**_nothing(bundle), "item": picked(bundle)["item"]}


def _mark_elsewhere(
    state: dict[str, Any], chart: str, ringed: list[int] | None = None, named: int | None = None
) -> None:
    for name, marks in state["charts"].items():
        # A chart that still shows rings of an earlier selection would contradict the new one.
        if name != chart or marks["ringed"]:
            marks["ringed"] = ringed or []
            if named is not None:
                marks.update(named=named, near=False)


def _nothing(bundle: Bundle) -> dict[str, Any]:
    charts: dict[str, dict[str, Any]] = {
        name: {"ringed": [], "named": None, "near": False} for name in CHARTS
    }
    return {"item": None, "manifest_hash": bundle.manifest_hash, "items": [], "users": [], "charts": charts}
