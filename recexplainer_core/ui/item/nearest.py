"""The nearest items, as the target sees it and as the language model does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from recexplainer_core.bundle.maps import map_names
from recexplainer_core.embedding_map.neighbours import unit
from recexplainer_core.embedding_map.parameters import HIDDEN
from recexplainer_core.terms import definition
from recexplainer_core.ui.embedding_map.facts import map_of
from recexplainer_core.ui.shared.row_choice import draw_row_choice
from recexplainer_core.ui.shared.selection import select_item

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

NEAREST = 8


def draw_nearest(bundle: Bundle, item: int) -> None:
    """Draw the nearest items in both spaces; a row shows that item."""
    words = bundle.catalogue.wording
    st.subheader("What is like it", anchor=False)
    found, held = _in_target(bundle, item), _in_llm(bundle, item)
    if not found:
        st.caption(f"The catalogue has no other {words.item}.")
        return
    if held:
        both = len(set(found) & set(held))
        st.markdown(
            f"Of the {len(found)} nearest {words.items}, target and LLM have **{both}** in common.",
            help=f"Near means that the vectors point the same way. {definition('vector')} The LLM's are its inner "
            "state after it has read the title.",
        )
    target, model = st.columns(2)
    with target:
        _draw(bundle, "As the target sees it", found, set(held), "near_target")
    with model:
        if held:
            _draw(bundle, "As the LLM sees it", held, set(found), "near_llm")
        else:
            st.markdown("**As the LLM sees it**")
            st.caption("Not measured: this bundle has no embedding map, which holds the LLM's view.")
            st.code("python -m recexplainer_core map BUNDLE --name default", language="bash")
    st.caption(f"Nearest first. Choose a row to see that {words.item} here.")


def _in_target(bundle: Bundle, item: int) -> list[int]:
    vectors = unit(bundle.recommender.item_vectors)
    nearness = vectors @ vectors[item]
    nearness[item] = -2.0
    found: list[int] = nearness.topk(min(NEAREST, len(nearness) - 1)).indices.tolist()
    return found


def _in_llm(bundle: Bundle, item: int) -> list[int]:
    for name in map_names(bundle.root):
        layouts = map_of(bundle, name).layouts
        if HIDDEN in layouts:
            return [int(one) for one in layouts[HIDDEN].neighbours[item][:NEAREST]]
    return []


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
