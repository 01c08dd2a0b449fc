"""A table of which a row, or any cell of it, chooses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st


def draw_row_choice(
    table: pd.DataFrame, key: str, on_choose: Callable[[int], None], alt: str, **settings: Any
) -> None:
    """Draw a table.

    Args:
        table: what is shown.
        key: of the widget.
        on_choose: called with the number of the row that is chosen, before the page runs again.
        alt: says what the table is.
        settings: of `st.dataframe`.
    """

    def choose() -> None:
        picked = st.session_state[key]["selection"]
        rows = [*picked.get("rows", ()), *(row for row, _ in picked.get("cells", ()))]
        if rows:
            on_choose(rows[0])

    st.dataframe(
        table,
        key=key,
        hide_index=True,
        on_select=choose,
        selection_mode=["single-row", "single-cell"],
        alt=alt,
        **settings,
    )
