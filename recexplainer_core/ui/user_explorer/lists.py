"""Two ranked lists side by side, what both have joined by lines; every title is a button that asks why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.ui.shared.descriptions import in_percent
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.listed_titles import ROW_HEIGHT, draw_title_button
from recexplainer_core.ui.shared.slopes_figure import WIDTH, slope_figure

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle


def draw_lists(
    bundle: Bundle,
    target: Sequence[int],
    predicted: Sequence[int],
    chosen: int,
    scores: tuple[Sequence[float], Sequence[float]] | None = None,
) -> None:
    """Draw both lists.

    Args:
        bundle: the bundle.
        target: the target's items, best first.
        predicted: the language model's items, best first.
        chosen: the item that is being explained.
        scores: of either list, shares of 1 written before the titles; nothing is written unless given.
    """
    of_target, of_llm = scores or (None, None)
    shared = len(set(target) & set(predicted))
    with st.container(horizontal=True, wrap=False, gap=None):
        with st.container(horizontal_alignment="right", gap=None):
            st.markdown(":blue[**Target's top ten**]", width="content", wrap=False)
            _buttons(bundle, "target", target, set(predicted), chosen, of_target)
        with st.container(width=WIDTH, gap=None):
            st.markdown("&nbsp;")
            st.image(
                slope_figure(target, predicted, chosen, ROW_HEIGHT),
                width=WIDTH,
                alt=f"Lines join the {shared} {bundle.catalogue.wording.items} that are in both lists",
            )
        with st.container(gap=None):
            st.markdown(":green[**LLM's top ten**]", width="content", wrap=False)
            _buttons(bundle, "surrogate", predicted, set(target), chosen, of_llm)


def draw_score_choice(bundle: Bundle) -> bool:
    """Offer the scores; return whether they are to be shown."""
    return st.toggle(
        "Scores",
        key="scores",
        bind="query-params",
        help=f"Before each title: left the target's softmax score, its share among all "
        f"{len(bundle.catalogue):,} {bundle.catalogue.wording.items}; right the LLM's probability of the title.",
    )


def _buttons(
    bundle: Bundle,
    side: str,
    items: Sequence[int],
    others: set[int],
    chosen: int,
    scores: Sequence[float] | None,
) -> None:
    for rank, item in enumerate(items, start=1):
        title = markdown_text(bundle.catalogue.titles[item])
        label = title if item in others or item == chosen else f":gray[{title}]"
        score = "" if scores is None else f":small[{in_percent(scores[rank - 1])}]&ensp;"
        draw_title_button(bundle, item, f"{side}_{rank}", score + label, item == chosen, f"No. {rank}: {{}}")
