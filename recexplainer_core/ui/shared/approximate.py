"""What is said of a target that is known by its vectors alone: other histories are answered approximately."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from recexplainer_core.recommenders.base import FoldsIn


def draw_approximate(recommender: FoldsIn, users_word: str) -> None:
    """Say how histories are folded in, and how well that reproduces what the target is known to recommend."""
    kept = recommender.reproduced
    if kept is None:
        measured = (
            f"Every history is folded in; how well that reproduces the target is not known, since no vectors of "
            f"{users_word} were given."
        )
    else:
        measured = (
            f"The {users_word} of the target have their own vectors; any other history is folded in, which by itself "
            f"keeps {kept:.0%} of the target's own first ten."
        )
    st.caption(f"{measured} What is said of histories without some items is approximate.")
