"""What the target itself makes of every item of the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.marking import draw_legend
from recexplainer_core.ui.shared.target_answers import attribution_of
from recexplainer_core.ui.user_explorer.effects_figure import effects_figure

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.rationale.explainer import Rationale

_HELP = (
    "Shapley values of the target's softmax score, as shares of that score: by how much it rises when the title joins, "
    "averaged over every way to build up the history. "
)


def draw_effects(bundle: Bundle, rationale: Rationale) -> None:
    """Draw the effect of each item of the history on the target's score of the explained one, those cited marked."""
    item, titles, words = rationale.request.item, bundle.catalogue.titles, bundle.catalogue.wording
    found = attribution_of(bundle, rationale.request.history, item)
    with st.container(gap="xsmall"):
        st.markdown(
            f"**What the target makes of each {words.item}** for "
            f"{markdown_text(titles[item])}, no. {found.rank:,} of its list",
            help=f"{_HELP}{_how(found.error / found.probability)} Nothing here comes from the language model.",
        )
        st.plotly_chart(
            effects_figure(
                [titles[i] for i in found.history],
                [float(effect) / found.probability for effect in found.effects],
                [-float(loss) / found.probability for loss in found.losses],
                [place for place, i in enumerate(found.history) if i in rationale.cited_items],
            ),
            config={"displayModeBar": False},
            alt="; ".join(
                f"{titles[i]}: {effect / found.probability:+.0%}"
                for i, effect in zip(found.history, found.effects, strict=True)
            ),
        )
        draw_legend(
            "Share of its score that each brings.",
            "Cited by the LLM",
            "· others · to the left: speaks against it.",
        )


def _how(error: float) -> str:
    return f"Sampled; standard error up to {error:.0%} of the score." if error else "Exact."
