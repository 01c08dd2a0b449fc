"""What becomes of one item when the history is edited: its rank and score, and the language model's reasons."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.ui.shared.descriptions import in_percent
from recexplainer_core.ui.shared.listed_titles import place_in

if TYPE_CHECKING:
    from recexplainer_core.rationale.counterfactual import Change


def draw_standing(item: int, found: Change, entered: bool) -> None:
    """Draw the target's rank and softmax score of an item, before and after.

    Args:
        item: the item.
        found: the target's answers.
        entered: whether the edit put the item into the history, so that it has no rank any more.
    """
    rank, rank_after = found.ranks[item], found.ranks_after[item]
    score, score_after = found.probabilities[item], found.probabilities_after[item]
    moved = rank_after - rank
    st.metric(
        "Target's rank",
        "in the history" if entered else f"no. {rank_after:,}",
        f"was no. {rank:,}" if entered or moved else "as before",
        delta_color="off" if entered or not moved else "red" if moved > 0 else "green",
        delta_arrow="off" if entered or not moved else "down" if moved > 0 else "up",
        width="content",
        help="Among what the history does not hold; 1 is best.",
    )
    st.metric(
        "Target's score",
        score_in_percent(score_after),
        f"was {score_in_percent(score)}, {_change(score, score_after)}",
        delta_color="off",
        delta_arrow="off",
        width="content",
        help="Softmax score: the item's share of what the target gives to the whole catalogue.",
    )


def draw_place(item: int, before: Sequence[int], after: Sequence[int], entered: Collection[int]) -> None:
    """Draw where the language model's list has an item, before and after."""
    was, now = (place_in(listed, item, "not in it") for listed in (before, after))
    st.metric(
        "LLM's list",
        "in the history" if item in entered else now,
        f"was {was}" if was != now else "as before",
        delta_color="off",
        delta_arrow="off",
        width="content",
        help="The LLM's list has ten titles; what it makes of others is not asked.",
    )


def score_in_percent(score: float) -> str:
    """Return a softmax score in per cent; very small ones are not rounded to nothing."""
    return in_percent(score) if score >= 0.0005 else f"{100 * score:.2g}%"


def _change(score: float, score_after: float) -> str:
    left = score_after / score
    return "less than 1% is left" if left < 0.01 else f"{left - 1:+,.0%}"
