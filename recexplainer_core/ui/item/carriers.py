"""What carries the item over all who are recommended it."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.prose.value_words import taste
from recexplainer_core.recommenders.base import FoldsIn
from recexplainer_core.terms import definition
from recexplainer_core.ui.item.carriers_figure import SHOWN, carriers_figure
from recexplainer_core.ui.item.known import audience, carried
from recexplainer_core.ui.shared.approximate import draw_approximate
from recexplainer_core.ui.shared.escaping import markdown_text

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.item_view.carriers import Carried

VALUES = 3


def draw_carriers(bundle: Bundle, item: int) -> None:
    """Draw which history items speak for the item most often, and what they have in common with it."""
    words, recommender = bundle.catalogue.wording, bundle.recommender
    st.subheader("What carries it", anchor=False)
    if not recommender.supports_edits:
        st.info(
            f"This cannot be told: the target answers only for histories as they are, not without one {words.item}.",
            icon=":material/edit_off:",
        )
        return
    found = carried(bundle, item)
    if not found.carriers:
        st.info(
            f"Nothing stands out: no {words.item} of the {found.asked} histories looked at brings a tenth of its score."
            if found.asked
            else f"There is nobody to look at: no {words.user} could be recommended it.",
            icon=":material/help:",
        )
        return
    st.markdown(_conclusion(bundle, found), help=f"{definition('score')} {definition('Shapley value')}")
    st.plotly_chart(
        carriers_figure(bundle.catalogue.titles, found),
        key="carriers",
        config={"displayModeBar": False},
        alt="; ".join(
            f"{bundle.catalogue.titles[one.item]}: for {one.users} of {found.asked}, {one.share:.0%} of the score"
            for one in found.carriers[:SHOWN]
        ),
    )
    how = "exact" if found.exact else "estimated from a sample"
    st.caption(
        f"Bars: for how many of the {found.asked} {words.users} the {words.item}, being in their history, brings at "
        f"least a tenth of the score; in brackets, how much of it on average. {_looked_at(bundle, item, found)} "
        f"Shapley values, {how}."
    )
    if isinstance(recommender, FoldsIn):
        draw_approximate(recommender, words.users)


def _conclusion(bundle: Bundle, found: Carried) -> str:
    words, first = bundle.catalogue.wording, found.carriers[0]
    title = markdown_text(bundle.catalogue.titles[first.item])
    told = (
        f"**{title}** speaks for it most often: for **{first.users}** of {found.asked} {words.users}, with "
        f"{first.share:.0%} of its score on average."
        if first.users > 1 or found.asked == 1
        else f"**No single {words.item}**: none speaks for it with more than one of the {found.asked} {words.users}."
    )
    told += (
        f" Without any history it would typically have **{_part(found.unaided)}** of its score."
        if found.unaided < 1
        else " Without any history its score would be at least as high."
    )
    rng = random.Random(0)
    values = [
        f"- {markdown_text(taste(one.attribute, one.value, words.items, rng))}: **{one.share:.0%}** of all that speaks "
        f"for it, and {one.usual:.0%} of their histories"
        for one in found.values[:VALUES]
    ]
    return "\n".join([told, "", "What stands out:", *values]) if values else told


def _part(share: float) -> str:
    return f"{share:.0%}" if share >= 0.01 else "less than 1%"


def _looked_at(bundle: Bundle, item: int, found: Carried) -> str:
    words, whole = bundle.catalogue.wording, audience(bundle, item)
    if not len(whole.users):
        return f"Looked at: the {found.asked} {words.users} for whom it comes closest."
    everybody = f"{len(whole.users):,} who are recommended it"
    if found.asked < len(whole.users):
        return f"Looked at: {found.asked} drawn at random from the {everybody}."
    return f"Looked at: all {everybody}."
