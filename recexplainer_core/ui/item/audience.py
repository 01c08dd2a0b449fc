"""Who is recommended the item."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from recexplainer_core.dialogue.tastes import in_a_line
from recexplainer_core.ui.item.known import audience
from recexplainer_core.ui.shared.row_choice import draw_row_choice
from recexplainer_core.ui.shared.selection import select_item, select_user

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

SHOWN = 200
_GO = "item_go"


def draw_audience(bundle: Bundle, item: int) -> None:
    """Draw how many users have the item among their first ten, and who; a row opens its explanation."""
    words, found = bundle.catalogue.wording, audience(bundle, item)
    if st.session_state.pop(_GO, False):
        st.switch_page("pages/user_explorer.py")
    st.subheader("Who is recommended it", anchor=False)
    if not len(found.users):
        st.info(
            f"Nobody: for none of the {found.asked:,} {words.users} asked about is it among the target's first ten. "
            f"{found.have:,} have {words.consumed} it already.",
            icon=":material/person_off:",
        )
        return
    firsts, unseen = int((found.places == 1).sum()), int(bundle.held_out[found.users].sum())
    st.markdown(
        f"For **{len(found.users):,}** of {found.asked:,} {words.users} it is among the target's first ten, for "
        f"**{firsts:,}** it comes first. {unseen:,} of them the LLM never saw; {found.have:,} others have "
        f"{words.consumed} it already."
    )
    shown = found.users[:SHOWN]
    table = pd.DataFrame(
        {
            words.user: [bundle.histories.user_ids[int(user)] for user in shown],
            "place": found.places[:SHOWN],
            "likes": [in_a_line(bundle.catalogue, bundle.history(int(user)).recent) for user in shown],
        }
    )
    draw_row_choice(
        table,
        "item_audience",
        lambda row: _open(bundle, int(shown[row]), item),
        f"{words.users} who are recommended the {words.item}, those with the best place first",
        height=320,
        column_config={"place": st.column_config.NumberColumn(width=60)},
    )
    more = f"The {SHOWN} with the best places. " if len(found.users) > SHOWN else ""
    st.caption(f"{more}Choose a row to open its explanation.")


def _open(bundle: Bundle, user: int, item: int) -> None:
    select_user(bundle.histories.user_ids[user])
    select_item(bundle.catalogue.item_ids[item])
    st.session_state[_GO] = True
