"""The nearest items, as the target sees it and as the language model does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from recexplainer_core.bundle.maps import map_names
from recexplainer_core.embedding_map.neighbours import unit
from recexplainer_core.embedding_map.parameters import HIDDEN
from recexplainer_core.ui.embedding_map.facts import map_of
from recexplainer_core.ui.shared.row_choice import draw_row_choice
from recexplainer_core.ui.shared.selection import select_item

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

NEAREST = 8


def draw_nearest(bundle: Bundle, item: int) -> None:
    """Draw the nearest items in both spaces; a row shows that item."""
    st.subheader("What is like it", anchor=False)
    vectors = unit(bundle.recommender.item_vectors)
    nearness = vectors @ vectors[item]
    nearness[item] = -2.0
    found = nearness.topk(min(NEAREST, len(nearness) - 1)).indices.tolist()
    names = map_names(bundle.root)
    made = map_of(bundle, names[0]) if names else None
    held = (
        made.layouts[HIDDEN].neighbours[item].tolist()[:NEAREST]
        if made is not None and HIDDEN in made.layouts
        else []
    )
    target, model = st.columns(2)
    with target:
        _draw(bundle, "As the target sees it", found, set(held), "near_target")
    with model:
        if held:
            _draw(bundle, "As the LLM holds it", held, set(found), "near_llm")
        else:
            st.caption("What the LLM holds alike is told by the embedding map, and this bundle has none.")


def _draw(bundle: Bundle, heading: str, items: list[int], others: set[int], key: str) -> None:
    titles, word = bundle.catalogue.titles, bundle.catalogue.wording.item
    table = pd.DataFrame({word: [titles[one] for one in items]})
    if others:
        table["in both"] = ["✓" if one in others else "" for one in items]
    st.markdown(f"**{heading}**")
    draw_row_choice(
        table, key, lambda row: select_item(bundle.catalogue.item_ids[items[row]]),
        f"{heading}: the nearest, the first is nearest; choose a row to see that one",
        height="content", column_config={"in both": st.column_config.TextColumn(width=60)},
    )  # fmt: skip
