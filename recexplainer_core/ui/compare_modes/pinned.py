"""A second user who stands beside the first: kept in the address, like the first one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.errors import UnknownNameError
from recexplainer_core.ui.shared.address import note, put_parameters
from recexplainer_core.ui.shared.selection import select_item, select_user

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

PARAMETER = "beside"
_KEPT = "pinned"


def pinned_user(bundle: Bundle) -> int | None:
    """Return the pinned user of the address, or of this session where the address names nobody at all.

    Call it before `current_selection`, which puts a user into the address. Somebody this bundle does not have is
    unpinned, with a notice.
    """
    asked = st.query_params.get(PARAMETER)
    if asked is None and "user" not in st.query_params:
        of, asked = st.session_state.get(_KEPT, (None, None))
        asked = asked if of == bundle.manifest_hash else None
    if asked is None:
        unpin()
        return None
    try:
        user = bundle.histories.find(asked)
    except UnknownNameError as fault:
        note([f"{fault} Nobody is pinned instead."])
        unpin()
        return None
    st.query_params[PARAMETER] = asked
    st.session_state[_KEPT] = (bundle.manifest_hash, asked)
    return user


def pin(user_id: str) -> None:
    """Keep a user beside whoever is chosen next."""
    st.query_params[PARAMETER] = user_id


def unpin() -> None:
    """Show one user alone."""
    st.session_state.pop(_KEPT, None)
    put_parameters({PARAMETER: None})


def swap(user_id: str, pinned_id: str) -> None:
    """Exchange both users; the explained item stays."""
    item_id = st.query_params.get("item")
    select_user(pinned_id)
    if item_id is not None:
        select_item(item_id)
    pin(user_id)
