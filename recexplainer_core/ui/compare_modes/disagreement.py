"""The users about whom the modes disagree most: from the report at once, from the models when asked."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from recexplainer_core.ui.compare_modes.comparison import compared
from recexplainer_core.ui.compare_modes.survey import (
    OVERLAP,
    SEED,
    report_table,
    sampled_users,
    survey,
    survey_table,
)
from recexplainer_core.ui.shared.bundle_cache import explainer_of
from recexplainer_core.ui.shared.downloads import draw_download, origin
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.row_choice import draw_row_choice
from recexplainer_core.ui.shared.selection import available_modes, select_user
from recexplainer_core.ui.shared.spreadsheet import frame_csv

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

_PRESSED, _FOUND = "survey_pressed", "survey_found"
MEASURE = "python -m recexplainer_core evaluate BUNDLE"


def draw_disagreement(bundle: Bundle) -> None:
    """Draw the panel, closed at first."""
    words = bundle.catalogue.wording
    panel = st.expander(
        f"Find the {words.users} about whom the modes disagree most",
        icon=":material/call_split:",
        key="disagreement",
        on_change="rerun",
    )
    if panel.open:
        with panel:
            _draw(bundle)


def _draw(bundle: Bundle) -> None:
    words = bundle.catalogue.wording
    users = sampled_users(bundle)
    never = "the LLM never saw" if bundle.held_out.any() else "of this bundle"
    found = _found(bundle)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            f"Ask all modes about {len(users)} {words.users}" if found is None else "Asked",
            icon=":material/play_arrow:" if found is None else ":material/check:",
            key="survey",
            disabled=found is not None,
            on_click=_press,
            help=f"A random sample of {words.users} {never}. Interrupted, it goes on where it stopped.",
        )
        saving = st.container(width="content")
    if st.session_state.pop(_PRESSED, False) and found is None:
        _ask(bundle, users)
        st.rerun()
    table = found
    if found is not None:
        source, note = (
            "survey",
            (
                f"{len(found)} {words.users} {never}. Disagreement is 1 minus the mean overlap (RBO) of every two of "
                f"{_names(bundle)}; on the right, each mode's overlap with the target."
            ),
        )
    else:
        table, source = report_table(bundle), "report"
        note = (
            "From the report: each mode's overlap (RBO) with the target; spread is the distance between the most and "
            f"the least agreeing of {_names(bundle)}. The button asks how the modes differ from each other."
        )
    if table is None:
        st.caption(
            f"The report of this bundle does not tell {words.users} apart. The button asks the models now; "
            f"`{MEASURE}` measures all held-out {words.users}."
        )
        return
    st.caption(f"{note} Choose a row to open the {words.user}.")
    _table(bundle, table, source)
    with saving:
        draw_download(
            "Save as CSV",
            lambda: frame_csv(
                table,
                source=source,
                **({"sample_seed": SEED} if source == "survey" else {}),
                **origin(bundle),
            ),
            f"disagreement_{bundle.manifest.name}_{source}.csv",
            "save_disagreement",
        )


def _table(bundle: Bundle, table: pd.DataFrame, source: str) -> None:
    user = bundle.catalogue.wording.user
    ids = list(table[user])
    among = _names(bundle)
    own = {
        name: st.column_config.ProgressColumn(name, min_value=0.0, max_value=1.0, format="%.2f")
        for name in ("disagreement", "spread")
    } | {
        "first choices": st.column_config.NumberColumn(help=f"How many different ones {among} have."),
        "in every list": st.column_config.NumberColumn(
            help=f"How many {bundle.catalogue.wording.items} all of {among} name."
        ),
    }
    overlaps = {
        OVERLAP.format(mode=mode): st.column_config.NumberColumn(
            str(mode), format="%.2f", help=f"Rank-biased overlap of the {mode} list with the target's."
        )
        for mode in available_modes(bundle)
    }
    draw_row_choice(
        table,
        f"disagreement_{source}",
        lambda row: _open(ids[row]),
        f"Table of {bundle.catalogue.wording.users}, most disagreement first; choose a row to open one",
        height=248,
        column_config={name: c for name, c in (own | overlaps).items() if name in table},
    )


def _names(bundle: Bundle) -> str:
    *before, last = compared(available_modes(bundle))
    return f"{', '.join(before)} and {last}"


def _found(bundle: Bundle) -> pd.DataFrame | None:
    of, table = st.session_state.get(_FOUND, (None, None))
    return table if of == bundle.manifest_hash else None


def _ask(bundle: Bundle, users: list[int]) -> None:
    explainer_of(bundle)  # Loaded here, with its own message, and not counted as time of the questions.
    begun = time.monotonic()
    bar = st.progress(0.0, f"Asking about {len(users)} {bundle.catalogue.wording.users}…")
    rows: list[dict] = []
    for done, rows in survey(bundle, users):  # noqa: B007 - the last rows are all of them
        left = (time.monotonic() - begun) / done * (len(users) - done)
        bar.progress(done / len(users), f"{done} of {len(users)}, about {left:.0f} s left")
    st.session_state[_FOUND] = (bundle.manifest_hash, survey_table(rows))


def _press() -> None:
    st.session_state[_PRESSED] = True


def _open(user_id: str) -> None:
    select_user(user_id)
    st.toast(f"Showing {markdown_text(user_id)}.", icon=":material/person_search:")
