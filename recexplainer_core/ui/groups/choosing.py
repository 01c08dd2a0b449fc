"""Who is in the group, and how its reasons are wanted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from recexplainer_core.modes import AlignmentMode
from recexplainer_core.rationale.voices import VOICES, Voice, voice_named
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.item_search import draw_item_search
from recexplainer_core.ui.shared.palette import choice
from recexplainer_core.ui.shared.user_filter import UserFilter, offered_users, put_filter
from recexplainer_core.ui.shared.user_table import draw_filters

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

SIZES = (12, 24, 48)
"""Users whose reasons are asked for, at most; of more, as many are drawn."""
_SAYS = {"analyst": "For analysts", "viewer": "For the {user}", "brief": "In a line"}


@dataclass(frozen=True)
class Group:
    """A group as it is chosen.

    Args:
        matching: how many users fit the filters.
        users: those of them who are looked at.
        voice: of their reasons.
    """

    matching: int
    users: tuple[int, ...]
    voice: Voice


def draw_choosing(bundle: Bundle, chosen: UserFilter, mode: AlignmentMode) -> Group:
    """Draw the filters and say whom they leave; return the group."""
    words = bundle.catalogue.wording
    filters, others = st.columns(2, gap="large")
    with filters:
        draw_filters(bundle, chosen, mode)
    with others:
        st.session_state["group_unseen"] = chosen.unseen
        st.toggle(
            f"Only {words.users} the LLM never saw", key="group_unseen",
            on_change=lambda: put_filter(replace(chosen, unseen=st.session_state["group_unseen"])),
        )  # fmt: skip
        _draw_has(bundle, chosen)
        size = st.segmented_control(
            f"{words.users.capitalize()} to look at, at most", SIZES, default=SIZES[0], key="group_size",
            required=True, persist_state="session", format_func=lambda number: choice(str(number)),
        )  # fmt: skip
        voice = st.segmented_control(
            "Voice of the reasons", VOICES, default="brief", key="group_voice", required=True,
            persist_state="session", format_func=lambda name: choice(_SAYS[name].format(user=words.user)),
        )  # fmt: skip
    found = offered_users(bundle, chosen, mode)
    drawn = found
    if len(found) > int(size or SIZES[0]):
        drawn = np.sort(np.random.default_rng(0).choice(found, int(size or SIZES[0]), replace=False))
    return Group(len(found), tuple(int(user) for user in drawn), voice_named(str(voice)))


def _draw_has(bundle: Bundle, chosen: UserFilter) -> None:
    words = bundle.catalogue.wording
    if chosen.has is None:
        draw_item_search(
            bundle, "group_has", f"Who have {words.consumed}", (),
            lambda item: put_filter(replace(chosen, has=bundle.catalogue.item_ids[item])),
        )  # fmt: skip
        return
    title = bundle.catalogue.titles[bundle.catalogue.by_id[chosen.has]]
    st.button(
        f"Have {words.consumed} {markdown_text(title)}", icon=":material/close:", key="group_has_not",
        on_click=lambda: put_filter(replace(chosen, has=None)), help=f"Whatever they have {words.consumed}.",
    )  # fmt: skip
