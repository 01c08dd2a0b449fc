"""Saving the compared lists and reasons of everyone on screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from recexplainer_core.ui.compare_modes.comparison_files import lists_table, reasons_table
from recexplainer_core.ui.compare_modes.mode_answers import ComparedUser, known_reasons
from recexplainer_core.ui.shared.downloads import draw_download
from recexplainer_core.ui.shared.spreadsheet import frame_csv

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle


def draw_downloads(bundle: Bundle, users: Sequence[ComparedUser], item: int) -> None:
    """Offer the lists, and the reasons once there are any, as CSV."""
    ids = "_".join(bundle.histories.user_ids[one.user] for one in users)
    lists = pd.concat([lists_table(bundle, one.user, one.scored_target, one.scored_lists) for one in users])
    reasons = [
        reasons_table(bundle, one.user, item, known.values())
        for one in users
        if (known := known_reasons(bundle, one, item))
    ]
    with st.container(horizontal=True, gap="small"):
        _save("Save lists (CSV)", lists, f"lists_{bundle.manifest.name}_{ids}.csv", "save_lists")
        if reasons:
            name = f"reasons_{bundle.manifest.name}_{ids}_{bundle.catalogue.item_ids[item]}.csv"
            _save("Save reasons (CSV)", pd.concat(reasons), name, "save_reasons")


def _save(label: str, table: pd.DataFrame, name: str, key: str) -> None:
    about = "With the bundle, the hash of its manifest and the user in columns of their own."
    draw_download(label, frame_csv(table), name, key, help=about)
