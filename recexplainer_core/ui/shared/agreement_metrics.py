"""The three figures that sum up how far two lists agree."""

from __future__ import annotations

import streamlit as st

from recexplainer_core.ui.shared.agreement import Agreement


def draw_agreement(now: Agreement, before: Agreement | None = None) -> None:
    """Draw the agreement of both lists, and what it was before an edit where there is one."""
    were = (None,) * 3 if before is None else _in_words(before)
    lists = "the two lists" if before is None else "target and LLM"
    with st.container(horizontal=True, gap="medium"):
        for label, shown, was, about in zip(
            ("First choice", "In both lists", "In the same order"),
            _in_words(now),
            were,
            (
                "Whether both lists begin with the same title.",
                f"How many titles {lists} share.",
                "Of all pairs of shared titles, how many stand in the same order: 50% is what chance would give "
                "(Kendall's tau is twice this less one).",
            ),
            strict=True,
        ):
            change = None if was is None else f"was {was}" if was != shown else "as before"
            st.metric(label, shown, change, delta_color="off", delta_arrow="off", width="content", help=about)


def _in_words(agreement: Agreement) -> tuple[str, str, str]:
    return (
        "agrees" if agreement.same_first else "differs",
        f"{agreement.shared} of {agreement.length}",
        "–" if agreement.order is None else f"{(1 + agreement.order) / 2:.0%} of pairs",
    )
