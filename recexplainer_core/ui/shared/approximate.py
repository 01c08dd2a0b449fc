"""What is said of a target that is known by its vectors alone: other histories are answered approximately."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from recexplainer_core.recommenders.base import FoldsIn


def draw_approximate(recommender: FoldsIn, users_word: str) -> None:
    """Say how histories are folded in, and how well that reproduces what the target is known to recommend."""
    kept = recommender.reproduced
    measured = (
        f"for known {users_word}, that keeps {kept:.0%} of the target's own first ten"
        if kept is not None
        else f"how well that reproduces the target is not known, since no vectors of {users_word} were given"
    )
    st.caption(
        f"Every history is folded in: {measured}. What is said of histories without some items is approximate.",
    )
