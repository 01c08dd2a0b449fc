"""The reasons of a group: asked for in one go, kept, and shown as a table and a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from recexplainer_core.groups.explained import Explained, explain_group
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.ui.groups.choosing import Group
from recexplainer_core.ui.shared.bundle_cache import explainer_of
from recexplainer_core.ui.shared.downloads import draw_download, origin
from recexplainer_core.ui.shared.row_choice import draw_row_choice
from recexplainer_core.ui.shared.selection import select_item, select_user
from recexplainer_core.ui.shared.spreadsheet import frame_csv

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

_KEPT, _ASKED, _GO = "group_explained", "group_asked", "group_go"


def explained(bundle: Bundle, group: Group, mode: AlignmentMode) -> list[Explained] | None:
    """Return what both models say of a group, once it is asked for with the button; None before."""
    words = bundle.catalogue.wording
    about = (bundle.manifest_hash, group.users, mode, group.voice)
    kept = st.session_state.get(_KEPT)
    if kept is not None and kept[0] == about:
        found: list[Explained] = kept[1]
        return found
    slot = st.empty()
    slot.button(
        f"Explain these {len(group.users)} {words.users}", type="primary", icon=":material/forum:", key="group_ask",
        on_click=lambda: st.session_state.update({_ASKED: about}),
        help="Asks both models about each of them, and gives a reason for each first choice.",
    )  # fmt: skip
    if st.session_state.get(_ASKED) != about:
        return None
    bar = slot.progress(0.0, text="Asking both models…")

    def show(done: int, total: int, note: str) -> None:
        bar.progress(done / total, text=f"{done} of {total} {words.users}")

    histories = [bundle.history(user) for user in group.users]
    found = explain_group(explainer_of(bundle), group.users, histories, mode, group.voice, show)
    st.session_state[_KEPT] = (about, found)
    slot.empty()
    return found


def draw_reasons(bundle: Bundle, group: Sequence[Explained], mode: AlignmentMode) -> None:
    """Draw every reason with what came of its checks; a row opens the explanation."""
    if st.session_state.pop(_GO, False):
        st.switch_page("pages/user_explorer.py")
    words, titles = bundle.catalogue.wording, bundle.catalogue.titles
    told = [one for one in group if one.verified is not None]
    table = pd.DataFrame(
        [
            {
                words.user: bundle.histories.user_ids[one.user],
                f"first {words.item}": titles[one.target[0]],
                "the LLM agrees": "✓" if one.agrees else "",
                "reason, verified": one.verified.text,
                "claims alone": f"{sum(bool(c.holds) for c in one.said.tested)} of {len(one.said.tested)} hold",
            }
            for one in told
            if one.verified is not None and one.said is not None
        ]
    )
    draw_row_choice(
        table, "group_reasons", lambda row: _open(bundle, told[row]),
        "The reason of each; choose a row to open its explanation",
        height=420, column_config={"reason, verified": st.column_config.TextColumn(width="large")},
    )  # fmt: skip
    st.caption(
        "Choose a row to open its explanation. *Claims alone*: of the reason as the LLM alone gives it."
    )
    draw_download(
        "Save as CSV", lambda: frame_csv(reasons_table(bundle, told, mode)),
        f"group_{bundle.manifest.name}_{mode}.csv", "save_group",
    )  # fmt: skip


def reasons_table(bundle: Bundle, group: Sequence[Explained], mode: AlignmentMode) -> pd.DataFrame:
    """Return a row for each claim of each reason, as said and verified, with the bundle in columns of its own."""
    titles = bundle.catalogue.titles
    return pd.DataFrame(
        [
            {
                "user": bundle.histories.user_ids[one.user],
                "item": titles[one.target[0]],
                "mode": str(mode),
                "reason_is": "verified" if reason.request.verified else "as said",
                "reason": reason.text,
                "claim": check.claim,
                "holds": check.holds,
                "finding": check.finding,
                **origin(bundle),
            }
            for one in group
            for reason in (one.said, one.verified)
            if reason is not None
            for row in reason.checks
            for check in row
        ]
    )


def _open(bundle: Bundle, one: Explained) -> None:
    select_user(bundle.histories.user_ids[one.user])
    select_item(bundle.catalogue.item_ids[one.target[0]])
    st.session_state[_GO] = True
