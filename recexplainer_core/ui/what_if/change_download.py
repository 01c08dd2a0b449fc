"""Before and after as a table: on the page when asked for, and as CSV with the parameters that made it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from recexplainer_core.ui.shared.downloads import draw_download, origin
from recexplainer_core.ui.shared.edits import spelled
from recexplainer_core.ui.shared.spreadsheet import frame_csv
from recexplainer_core.ui.what_if.moves import Move, in_words

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.rationale.counterfactual import Change
    from recexplainer_core.ui.shared.selection import Selection


def draw_change_download(
    bundle: Bundle,
    selection: Selection,
    edit: Sequence[int],
    found: Change,
    targets: Sequence[Move],
    guesses: Sequence[Move],
) -> None:
    """Draw the table of all moves in a panel, and the button that saves it."""
    table = change_table(bundle, found, targets, guesses)
    panel = st.expander("All moves in a table", icon=":material/table:", key="moves", on_change="rerun")
    if panel.open:
        panel.dataframe(
            table, hide_index=True, height="auto", alt="Every move in either list, the target's first"
        )
    user_id = bundle.histories.user_ids[selection.user]
    parameters = {
        **origin(bundle),
        "user": user_id,
        "mode": str(selection.mode),
        "edit": spelled(edit, bundle.catalogue),
    }
    draw_download(
        "Save as CSV",
        frame_csv(table, **parameters),
        f"what_if_{bundle.manifest.name}_{user_id}_{selection.mode}.csv",
        "save_moves",
        help="Every move, with the bundle, its hash, the user, the mode and the edit in columns of their own.",
    )


def change_table(
    bundle: Bundle, found: Change, targets: Sequence[Move], guesses: Sequence[Move]
) -> pd.DataFrame:
    """Return one row per model and item: ranks before and after, the move in words, and the target's scores."""
    rows = [
        {
            "model": model,
            "item": bundle.catalogue.item_ids[move.item],
            "title": bundle.catalogue.titles[move.item],
            "rank before": move.before,
            "rank after": move.after,
            "move": in_words(move),
            "score before": found.probabilities.get(move.item) if model == "target" else None,
            "score after": found.probabilities_after.get(move.item) if model == "target" else None,
        }
        for model, listed in (("target", targets), ("LLM", guesses))
        for move in listed
    ]
    return pd.DataFrame(rows).astype({"rank before": "Int64", "rank after": "Int64"})
