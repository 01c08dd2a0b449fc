"""Which bundle is on screen, and the way to another one."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

from recexplainer_core.errors import UnknownNameError
from recexplainer_core.ui.shared.bundle_choice import PARAMETER, on_offer, open_by_hand, places, switch_to
from recexplainer_core.ui.shared.escaping import markdown_text

_FOLDER, _FAULT = "folder_to_open", "folder_fault"


def draw_bundles() -> None:
    """Offer the other bundles, and a box for the folder of one; nothing where the app shows one bundle only."""
    where = places(sys.argv[1:])
    if where.only is not None:
        return
    offered = on_offer(where)
    current = st.session_state.get(PARAMETER, next(iter(offered), ""))
    with st.popover(f"Bundle: {markdown_text(current)}", icon=":material/inventory_2:"):
        others = [name for name in offered if name != current]
        for name in others:
            st.button(
                f"Open {markdown_text(name)}",
                key=f"open {name}",
                on_click=switch_to,
                args=(name,),
                width="stretch",
            )
        with st.form("open_folder", border=False):
            st.text_input("Another folder on this machine", placeholder="bundles/mine", key=_FOLDER)
            st.form_submit_button("Open", icon=":material/folder_open:", on_click=_open_folder)
        if fault := st.session_state.get(_FAULT):
            st.error(markdown_text(fault))


def _open_folder() -> None:
    st.session_state.pop(_FAULT, None)
    if folder := st.session_state[_FOLDER].strip():
        try:
            open_by_hand(places(sys.argv[1:]), Path(folder))
        except UnknownNameError as fault:
            st.session_state[_FAULT] = str(fault)
