"""The picker's panel: filters of the users on offer, a search, and a table of which a row is chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import streamlit as st

from recexplainer_core.histories import IntArray
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.favourites import Value, favourites_of
from recexplainer_core.ui.shared.palette import choice
from recexplainer_core.ui.shared.row_choice import draw_row_choice
from recexplainer_core.ui.shared.selection import select_user
from recexplainer_core.ui.shared.user_filter import AGREEMENT, UserFilter, measured, put_filter, shared_items

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

MOST_ROWS = 500
"""Users sent to the browser at once; a search narrows the rest."""
MOST_FAVOURITES = 300
"""Values offered as a favourite; those of most users first."""


def draw_user_search(bundle: Bundle) -> None:
    """Draw the search of the table."""
    st.text_input(
        f"Search {bundle.catalogue.wording.users}", key="user_search", type="search", live=True, max_chars=80,
        placeholder=f"Part of an id, such as {bundle.histories.user_ids[0]}, or of a favourite",
    )  # fmt: skip


def draw_filters(bundle: Bundle, chosen: UserFilter, mode: AlignmentMode) -> None:
    """Draw the filters; what they leave is in the address."""
    words = bundle.catalogue.wording
    low, high = int(bundle.histories.lengths.min()), int(bundle.histories.lengths.max())
    if low < high:
        st.session_state["filter_length"] = chosen.length or (low, high)
        st.slider(
            f"{words.items.capitalize()} {words.consumed}", low, high, key="filter_length",
            on_change=_change_length, args=(chosen, (low, high)),
        )  # fmt: skip
    _draw_favourites(bundle, chosen)
    modes = measured(bundle).modes
    st.session_state["filter_agreement"] = chosen.agreement
    st.segmented_control(
        f"Agreement in {mode} mode",
        list(AGREEMENT),
        format_func=lambda agreement: choice(AGREEMENT[agreement]),
        key="filter_agreement",
        disabled=not modes,
        on_change=lambda: put_filter(replace(chosen, agreement=st.session_state["filter_agreement"])),
        help=f"Between the target's list and the LLM's, for the {words.users} whom the report has measured.",
    )
    if not modes:
        st.caption("This bundle's report has no agreement by user. Measure it, then reload:")
        st.code(f"python -m recexplainer_core evaluate {bundle.root.name}", language="bash")


def draw_user_table(bundle: Bundle, offered: IntArray, mode: AlignmentMode) -> None:
    """Draw the users on offer that the search finds; a row chooses."""
    words = bundle.catalogue.wording
    text = str(st.session_state.get("user_search") or "")
    found = search_users(bundle, offered, text)
    if not len(offered):
        st.info(
            f"No {words.user} fits these filters together. Widen one of them.", icon=":material/filter_alt:"
        )
        st.button(
            "Clear the filters", icon=":material/filter_alt_off:", key="clear_all",
            on_click=put_filter, args=(UserFilter(),),
        )  # fmt: skip
        return
    if not len(found):
        st.warning(
            f"No {words.user} on offer has {markdown_text(text)} in the id, or in what stands out in the history. "
            f"The ids look like {markdown_text(bundle.histories.user_ids[0])}."
        )
        return
    shown = found[:MOST_ROWS]
    shared, best = shared_items(bundle, mode), favourites_of(bundle).best
    ids = [bundle.histories.user_ids[user] for user in shown]
    columns = {
        "id": ids,
        words.items: bundle.histories.lengths[shown],
        "stands out": [best[int(user)][1] if int(user) in best else "" for user in shown],
        "in both lists": [shared.get(int(user)) for user in shown] if shared else None,
        "the LLM never saw": ["✓" if new else "" for new in bundle.held_out[shown]],
    }
    st.caption(
        f"{len(found):,} of {len(bundle.histories):,} {words.users} left"
        + (f"; the first {MOST_ROWS} are listed" if len(found) > len(shown) else "")
    )
    draw_row_choice(
        pd.DataFrame({name: column for name, column in columns.items() if column is not None}),
        "user_table",
        lambda row: _choose(ids[row]),
        f"Table of {words.users}; choose a row",
        height=260,
    )


def search_users(bundle: Bundle, offered: IntArray, text: str) -> IntArray:
    """Return the offered users whose id contains the text, those that equal it or begin with it first.

    Behind them come those in whose history a value stands out that contains it.
    """
    wanted = text.strip().casefold()
    if not wanted:
        return offered
    ids = {int(user): str(bundle.histories.user_ids[user]).casefold() for user in offered}
    found = [user for user, user_id in ids.items() if wanted in user_id]
    found.sort(key=lambda user: (ids[user] != wanted, not ids[user].startswith(wanted)))
    liked = {
        int(user)
        for value, users in favourites_of(bundle).users.items()
        if wanted in value[1].casefold()
        for user in users
    }
    return np.array([*found, *(user for user in ids if user in liked.difference(found))], dtype=int)


def _draw_favourites(bundle: Bundle, chosen: UserFilter) -> None:
    words = bundle.catalogue.wording
    users = favourites_of(bundle).users
    if not users and chosen.favourite is None:
        return
    options: list[Value] = list(users)[:MOST_FAVOURITES]
    if chosen.favourite is not None and chosen.favourite not in options:
        options.append(chosen.favourite)
    labels = {value: f"{value[1]} ({value[0]}, {len(users.get(value, ())):,})" for value in options}
    st.session_state["filter_favourite"] = chosen.favourite
    st.selectbox(
        "Favourite",
        options,
        index=None,
        key="filter_favourite",
        format_func=labels.__getitem__,
        placeholder="Any; or a value that stands out in the history",
        on_change=lambda: put_filter(replace(chosen, favourite=st.session_state["filter_favourite"])),
        help=f"A value that at least three {words.items} of the history have, and far more often (two standard "
        f"deviations) than in a random draw from what all {words.users} have {words.consumed}.",
    )


def _change_length(chosen: UserFilter, whole: tuple[int, int]) -> None:
    length = tuple(st.session_state["filter_length"])
    put_filter(replace(chosen, length=None if length == whole else (length[0], length[1])))


def _choose(user_id: str) -> None:
    select_user(user_id)
    st.session_state["browse"] = False
