"""The whole history as a table, with whatever the catalogue knows of each item."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from recexplainer_core.ui.shared.history import dates_of

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle


def draw_whole_history(bundle: Bundle, user: int, causes: bool) -> None:
    """Offer the whole history as a table, with whatever the catalogue knows of each item."""
    history, words, catalogue = bundle.history(user).items, bundle.catalogue.wording, bundle.catalogue
    first = len(history) - len(bundle.history(user).recent)
    if not history:
        return
    panel = st.expander(
        f"All {len(history)} {words.items} as a table"
        + (f"; the models see only the last {len(history) - first}" if first else ""),
        key="older",
        on_change="rerun",
    )
    if not panel.open:
        return
    rows: dict[str, list[object]] = {
        "no.": list(range(1, len(history) + 1)),
        words.item: [catalogue.titles[item] for item in history],
    }
    for name in catalogue.descriptive:
        rows[name] = [", ".join(catalogue.values(item, name)) for item in history]
    if (dates := dates_of(bundle, user)) is not None:
        rows["date"] = list(dates)
    if first:
        rows["seen by the models"] = ["✓" if place >= first else "" for place in range(len(history))]
    if (reasons := bundle.histories.causes_of(user) if causes else None) is not None:
        rows["recorded taste"] = [reason or "at random" for reason in reasons]
    panel.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        height="auto" if len(history) <= 8 else 300,
        alt=f"History, {len(history)} {words.items}, oldest first",
    )
