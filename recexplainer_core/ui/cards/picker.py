"""Choosing a user: search, browse, random, one after the other."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import streamlit as st

from recexplainer_core.ui.escaping import markdown_text
from recexplainer_core.ui.selection import select_user
from recexplainer_core.ui.wording import user_label

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

MOST_ROWS = 500
"""Users sent to the browser at once; a search narrows the rest."""


def draw_picker(bundle: Bundle, user: int) -> None:
    """Draw the row that says who is on screen and changes it."""
    words = bundle.catalogue.wording
    ids = bundle.histories.user_ids
    offered = offered_users(bundle, bool(st.session_state.get("only_held_out", False)))
    place = int(np.searchsorted(offered, user))
    listed = place < len(offered) and int(offered[place]) == user
    before = ids[offered[place - 1]] if place > 0 else None
    following = place + 1 if listed else place
    after = ids[offered[following]] if following < len(offered) else None

    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        panel = st.popover(
            markdown_text(user_label(bundle, user)),
            icon=":material/person_search:",
            type="primary",
            key="browse",
            on_change="rerun",
        )
        st.button(
            "Previous", icon=":material/chevron_left:", key="previous", disabled=before is None,
            on_click=select_user, args=(before,),
        )  # fmt: skip
        st.button(
            "Next", icon=":material/chevron_right:", icon_position="right", key="next",
            disabled=after is None, on_click=select_user, args=(after,),
        )  # fmt: skip
        st.button("Random", icon=":material/shuffle:", key="random", on_click=_random_user, args=(bundle,))
        st.toggle(
            f"Only {words.users} the LLM never saw",
            key="only_held_out",
            persist_state="session",
            help="They were kept out of everything the language model learnt from.",
        )
        position = (
            f"{place + 1:,} of {len(offered):,}" if listed else f"not among the {len(offered):,} offered"
        )
        seen = "never saw" if bundle.held_out[user] else "was taught on"
        st.caption(f"{position} · the LLM {seen} this {words.user}", width="content")
    if panel.open:
        with panel:
            _browse(bundle, offered)


def offered_users(bundle: Bundle, only_held_out: bool) -> np.ndarray:
    """Return the users that may be chosen, as rising indices."""
    return np.flatnonzero(bundle.held_out) if only_held_out else np.arange(len(bundle.histories))


def search_users(bundle: Bundle, offered: np.ndarray, text: str) -> np.ndarray:
    """Return the offered users whose id contains the text, those that equal it or begin with it first."""
    wanted = text.strip().casefold()
    if not wanted:
        return offered
    ids = {int(user): str(bundle.histories.user_ids[user]).casefold() for user in offered}
    found = [user for user, user_id in ids.items() if wanted in user_id]
    found.sort(key=lambda user: (ids[user] != wanted, not ids[user].startswith(wanted), user))
    return np.array(found, dtype=int)


def _browse(bundle: Bundle, offered: np.ndarray) -> None:
    words = bundle.catalogue.wording
    text = st.text_input(
        f"Search {words.users}", key="user_search", type="search", live=True, max_chars=80,
        placeholder=f"Part of an id, such as {bundle.histories.user_ids[0]}",
    )  # fmt: skip
    found = search_users(bundle, offered, text or "")
    if not len(found):
        st.warning(
            f"No {words.user} on offer has {markdown_text(text or '')} in the id. "
            f"The ids look like {markdown_text(bundle.histories.user_ids[0])}."
        )
        return
    shown = found[:MOST_ROWS]
    st.session_state["user_rows"] = [bundle.histories.user_ids[user] for user in shown]
    st.dataframe(
        pd.DataFrame(
            {
                "id": st.session_state["user_rows"],
                words.items: bundle.histories.lengths[shown],
                "the LLM never saw": ["✓" if new else "" for new in bundle.held_out[shown]],
            }
        ),
        key="user_table",
        hide_index=True,
        height=300,
        on_select=_choose_row,
        selection_mode=["single-row", "single-cell"],
        alt=f"Table of {words.users}; choose a row",
    )
    if len(found) > len(shown):
        st.caption(f"The first {MOST_ROWS} of {len(found):,}; search to narrow them.")


def _choose_row() -> None:
    chosen = st.session_state["user_table"]["selection"]
    rows = [*chosen.get("rows", ()), *(row for row, _ in chosen.get("cells", ()))]
    if rows:
        select_user(st.session_state["user_rows"][rows[0]])
        st.session_state["browse"] = False


def _random_user(bundle: Bundle) -> None:
    offered = offered_users(bundle, bool(st.session_state.get("only_held_out", False)))
    select_user(bundle.histories.user_ids[int(random.choice(offered))])
