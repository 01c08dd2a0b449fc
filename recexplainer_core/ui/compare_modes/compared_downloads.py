"""Saving the compared lists and reasons of everyone on screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from recexplainer_core.ui.compare_modes.comparison_files import lists_table, reasons_table
from recexplainer_core.ui.compare_modes.mode_reasons import reasons_said
from recexplainer_core.ui.shared.evidence import checks_of

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.ui.compare_modes.mode_answers import Side


def draw_downloads(bundle: Bundle, sides: Sequence[Side], item: int) -> None:
    """Offer the lists, and the reasons once there are any, as CSV."""
    users = "_".join(bundle.histories.user_ids[side.user] for side in sides)
    lists = pd.concat(
        [lists_table(bundle, side.user, side.scored_target, side.scored_lists) for side in sides]
    )
    with st.container(horizontal=True, gap="small"):
        _save("Save lists (CSV)", lists, f"lists_{bundle.manifest.name}_{users}.csv", "save_lists")
        said = [(side, texts) for side in sides if (texts := reasons_said(bundle, side, item))]
        if said:
            reasons = pd.concat(
                [
                    reasons_table(
                        bundle,
                        side.user,
                        item,
                        texts,
                        {mode: checks_of(bundle, side.history, item, text) for mode, text in texts.items()},
                    )
                    for side, texts in said
                ]
            )
            name = f"reasons_{bundle.manifest.name}_{users}_{bundle.catalogue.item_ids[item]}.csv"
            _save("Save reasons (CSV)", reasons, name, "save_reasons")


def _save(label: str, table: pd.DataFrame, name: str, key: str) -> None:
    st.download_button(
        label,
        table.to_csv(index=False).encode(),
        file_name=name,
        mime="text/csv",
        icon=":material/download:",
        key=key,
        on_click="ignore",
        help="With the bundle, the hash of its manifest and the user in columns of their own.",
    )
