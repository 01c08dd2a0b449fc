"""Who is recommended the item."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from recexplainer_core.dialogue.tastes import in_a_line
from recexplainer_core.terms import definition
from recexplainer_core.ui.item.known import audience
from recexplainer_core.ui.shared.row_choice import draw_row_choice
from recexplainer_core.ui.shared.selection import select_item, select_user

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.histories import IntArray

SHOWN = 200
_GO = "item_go"


def draw_audience(bundle: Bundle, item: int) -> None:
    """Draw how many users have the item among their first ten, and who; a row opens its explanation."""
    words, found = bundle.catalogue.wording, audience(bundle, item)
    if st.session_state.pop(_GO, False):
        st.switch_page("pages/user_explorer.py")
    st.subheader("Who is recommended it", anchor=False)
    if len(found.users):
        unseen = int(bundle.held_out[found.users].sum())
        st.markdown(
            f"**{len(found.users):,}** of {_asked(bundle, found.asked)} have it among the target's first ten, "
            f"**{unseen:,}** of them held-out.",
            help=definition("held-out"),
        )
        _draw_users(bundle, item, found.users, found.places)
        return
    already = f" {found.have:,} {'has' if found.have == 1 else 'have'} {words.consumed} it already."
    st.info(
        f"Nobody: it is among the target's first ten for none of {_asked(bundle, found.asked)}."
        f"{already if found.have else ''}",
        icon=":material/person_off:",
    )
    if len(found.closest):
        st.markdown(f"It comes closest for these {words.users}:")
        _draw_users(bundle, item, found.closest, found.closest_places)


def _asked(bundle: Bundle, asked: int) -> str:
    everybody = len(bundle.histories)
    drawn = f" drawn at random from {everybody:,}" if asked < everybody else ""
    return f"{asked:,} {bundle.catalogue.wording.users}{drawn}"


def _draw_users(bundle: Bundle, item: int, users: IntArray, places: IntArray) -> None:
    words, shown = bundle.catalogue.wording, [int(user) for user in users[:SHOWN]]
    table = pd.DataFrame(
        {
            "place": places[:SHOWN],
            words.user: [bundle.histories.user_ids[user] for user in shown],
            "likes": [_taste(bundle, user) for user in shown],
        }
    )
    draw_row_choice(
        table,
        "item_audience",
        lambda row: _open(bundle, shown[row], item),
        f"{words.users}, those with the best place for the {words.item} first; choose a row to open its explanation",
        height=min(320, 36 * (len(shown) + 1)),
        column_config={
            "place": st.column_config.NumberColumn(
                width=56, help=f"Of the {words.item} in the target's list of this {words.user}; 1 is best."
            ),
            words.user: st.column_config.TextColumn(width=104),
            "likes": st.column_config.TextColumn(
                help="What stands out in the history; else, what came last."
            ),
        },
    )
    more = f"The {SHOWN} with the best places. " if len(users) > SHOWN else ""
    st.caption(f"{more}Choose a row to see why it is, or is not, recommended to this {words.user}.")


def _taste(bundle: Bundle, user: int) -> str:
    recent = bundle.history(user).recent
    line = in_a_line(bundle.catalogue, recent)
    if line or not recent:
        return line
    return f"{bundle.catalogue.wording.consumed} last: {bundle.catalogue.titles[recent[-1]]}"


def _open(bundle: Bundle, user: int, item: int) -> None:
    select_user(bundle.histories.user_ids[user])
    select_item(bundle.catalogue.item_ids[item])
    st.session_state[_GO] = True
