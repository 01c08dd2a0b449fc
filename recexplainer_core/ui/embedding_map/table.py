"""What a lasso has caught, as tables: to a page of their own, or to a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from recexplainer_core.ui.embedding_map.facts import popularity_of
from recexplainer_core.ui.embedding_map.selected import fly_to
from recexplainer_core.ui.shared.downloads import draw_download
from recexplainer_core.ui.shared.row_choice import draw_row_choice
from recexplainer_core.ui.shared.selection import select_user
from recexplainer_core.ui.shared.spreadsheet import comment_line, frame_csv

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.embedding_map.artefact import EmbeddingMap


def draw_caught(
    bundle: Bundle, made: EmbeddingMap, name: str, items: Sequence[int], users: Sequence[int]
) -> None:
    """Draw the selected items and users; nothing where nothing is selected."""
    words = bundle.catalogue.wording
    if items:
        frame = item_table(bundle, made, items)
        kinds = frame["cluster"].value_counts()
        st.subheader(f"{len(items):,} {words.items if len(items) > 1 else words.item} selected", anchor=False)
        st.caption(
            f"Most of them, {kinds.iloc[0]:,}, in one cluster: {kinds.index[0]}.".replace("$", "&#36;")
        )
        _draw("map_items", frame, lambda row: fly_to(bundle, items[row]), "Choose a row to fly there.")
        _download(bundle, made, name, frame, words.items)
    if users:
        frame = user_table(bundle, users)
        st.subheader(f"{len(users):,} {words.users if len(users) > 1 else words.user} selected", anchor=False)

        def show(row: int) -> None:
            select_user(bundle.histories.user_ids[users[row]])
            st.session_state["map_to_user"] = True

        _draw("map_users", frame, show, "Choose a row to open the user explorer.")
        _download(bundle, made, name, frame, words.users)
        if st.session_state.pop("map_to_user", False):
            st.switch_page("pages/user_explorer.py")


def item_table(bundle: Bundle, made: EmbeddingMap, items: Sequence[int]) -> pd.DataFrame:
    """Return what is known of some items, one row each."""
    catalogue, popularity = bundle.catalogue, popularity_of(bundle)
    rows = {
        "title": [catalogue.titles[item] for item in items],
        "cluster": [made.cluster_labels[made.clusters[item]] for item in items],
        "popularity": [int(popularity[item]) for item in items],
        **{
            name: [", ".join(catalogue.values(item, name)) for item in items] for name in catalogue.attributes
        },
        "id": [catalogue.item_ids[item] for item in items],
    }
    return pd.DataFrame(rows)


def user_table(bundle: Bundle, users: Sequence[int]) -> pd.DataFrame:
    """Return what is known of some users, one row each."""
    words = bundle.catalogue.wording
    return pd.DataFrame(
        {
            "id": [bundle.histories.user_ids[user] for user in users],
            words.items: [int(bundle.histories.lengths[user]) for user in users],
            "the LLM never saw": ["✓" if bundle.held_out[user] else "" for user in users],
            "last": [
                bundle.catalogue.titles[int(bundle.histories[user][-1])]
                if bundle.histories.lengths[user]
                else ""
                for user in users
            ],
        }
    )


def stamped_csv(bundle: Bundle, made: EmbeddingMap, name: str, frame: pd.DataFrame) -> str:
    """Return a table as CSV; the first lines, behind a #, say which bundle and map it comes from."""
    parameters = made.stamp["parameters"]
    made_from = comment_line(f"bundle: {bundle.manifest.name}", f"manifest sha256: {bundle.manifest_hash}")
    settings = comment_line(f"map: {name}", *(f"{key} {value}" for key, value in parameters.items()))
    return made_from + settings + frame_csv(frame)


def _draw(key: str, frame: pd.DataFrame, choose: Callable[[int], None], hint: str) -> None:
    alt = f"Table of what is selected on the map. {hint}"
    draw_row_choice(frame, key, choose, alt, height=320 if len(frame) > 8 else "content")
    st.caption(hint)


def _download(bundle: Bundle, made: EmbeddingMap, name: str, frame: pd.DataFrame, what: str) -> None:
    data = partial(stamped_csv, bundle, made, name, frame)
    draw_download(f"Save these {what} (CSV)", data, f"map_{name}_{what}.csv", f"map_save_{what}")
