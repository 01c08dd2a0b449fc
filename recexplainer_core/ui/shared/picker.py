"""Choosing a user: search, filter, random, one after the other."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from recexplainer_core.dialogue.tastes import in_a_line
from recexplainer_core.histories import IntArray
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.ui.shared.descriptions import user_label
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.selection import select_user
from recexplainer_core.ui.shared.user_filter import UserFilter, measured, offered_users, put_filter
from recexplainer_core.ui.shared.user_table import draw_filters, draw_user_search, draw_user_table

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

NEXT_KEY, PREVIOUS_KEY = "N", "P"


def draw_picker(bundle: Bundle, user: int, chosen: UserFilter, mode: AlignmentMode) -> None:
    """Draw the row that says who is on screen and changes it.

    Args:
        bundle: the bundle.
        user: who is on screen.
        chosen: which users are offered.
        mode: the mode in which agreement is looked up.
    """
    words = bundle.catalogue.wording
    offered = offered_users(bundle, chosen, mode)
    before, after, position = _neighbours(bundle, offered, user)

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
            on_click=select_user, args=(before,), shortcut=PREVIOUS_KEY,
        )  # fmt: skip
        st.button(
            "Next", icon=":material/chevron_right:", icon_position="right", key="next",
            disabled=after is None, on_click=select_user, args=(after,), shortcut=NEXT_KEY,
        )  # fmt: skip
        st.button(
            "Random", icon=":material/shuffle:", key="random", disabled=not len(offered),
            on_click=_random_user, args=(bundle, offered),
        )  # fmt: skip
        st.button(
            "Most disagreeing", icon=":material/call_split:", key="most_disagreeing",
            disabled=mode not in measured(bundle).modes,
            on_click=_most_disagreeing, args=(bundle, chosen, mode),
            help=f"The {words.user} whose two lists have least in common in {mode} mode; the next ones follow with "
            f"{NEXT_KEY}. Known for those whom the report has measured.",
        )  # fmt: skip
        st.session_state["only_held_out"] = chosen.unseen
        st.toggle(
            f"Only {words.users} the LLM never saw",
            key="only_held_out",
            on_change=_only_held_out,
            args=(chosen,),
            help="They were kept out of everything the language model learnt from.",
        )
        if chosen.active:
            st.button(
                f"{chosen.active} filter{'s' if chosen.active > 1 else ''}",
                icon=":material/filter_alt_off:", key="clear_filters", on_click=put_filter,
                args=(UserFilter(unseen=chosen.unseen),), help=f"Clear: offer all {words.users} again.",
            )  # fmt: skip
        seen = "never saw" if bundle.held_out[user] else "was taught on"
        likes = in_a_line(bundle.catalogue, bundle.history(user).recent)
        parts = [
            position,
            f"the LLM {seen} this {words.user}",
            f"likes {markdown_text(likes)}" if likes else "",
        ]
        st.caption(" · ".join(part for part in parts if part), width="content")
    if panel.open:
        with panel:
            draw_user_search(bundle)
            draw_filters(bundle, chosen, mode)
            draw_user_table(bundle, offered, mode)


def _neighbours(bundle: Bundle, offered: IntArray, user: int) -> tuple[str | None, str | None, str]:
    """Return the ids before and after a user, and where the user stands among those on offer, in words."""
    if not len(offered):
        return None, None, f"no {bundle.catalogue.wording.user} fits the filters"
    ids = bundle.histories.user_ids
    at = np.flatnonzero(offered == user)
    listed = len(at) > 0
    rising = bool((np.diff(offered) > 0).all())
    place = int(at[0]) if listed else int(np.searchsorted(offered, user)) if rising else 0
    following = place + 1 if listed else place
    position = f"{place + 1:,} of {len(offered):,}" if listed else f"not among the {len(offered):,} offered"
    return (
        ids[offered[place - 1]] if place > 0 else None,
        ids[offered[following]] if following < len(offered) else None,
        position,
    )


def _only_held_out(chosen: UserFilter) -> None:
    put_filter(replace(chosen, unseen=st.session_state["only_held_out"]))


def _most_disagreeing(bundle: Bundle, chosen: UserFilter, mode: AlignmentMode) -> None:
    apart = replace(chosen, agreement="apart")
    found = offered_users(bundle, apart, mode)
    put_filter(apart)
    if len(found):
        select_user(bundle.histories.user_ids[int(found[0])])


def _random_user(bundle: Bundle, offered: IntArray) -> None:
    select_user(bundle.histories.user_ids[int(random.choice(offered))])
