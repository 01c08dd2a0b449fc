"""What carries the item over all who are recommended it."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import plotly.graph_objects as go
import streamlit as st

from recexplainer_core.prose.value_words import taste
from recexplainer_core.ui.item.known import carried
from recexplainer_core.ui.shared import palette
from recexplainer_core.ui.shared.escaping import figure_text, markdown_text

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.item_view.carriers import Carried

SHOWN, VALUES = 10, 4
_LONGEST, _ROW = 32, 30


def draw_carriers(bundle: Bundle, item: int) -> None:
    """Draw which history items speak for the item most often, and what they have in common with it."""
    words, found = bundle.catalogue.wording, carried(bundle, item)
    st.subheader("What carries it", anchor=False)
    if not found.carriers:
        st.info(
            f"Nothing stands out: no {words.item} of their histories brings a tenth of its score."
            if found.asked
            else f"There is nobody to look at: no {words.user} is recommended it.",
            icon=":material/help:",
        )
        return
    rng = random.Random(0)
    told = [
        f"**{share:.0%}** from {markdown_text(taste(name, value, words.items, rng))}"
        for name, value, share in found.values[:VALUES]
    ]
    if told:
        st.markdown(f"Of all that speaks for it: {', '.join(told)}.")
    st.plotly_chart(
        carriers_figure(bundle, found),
        key="carriers",
        config={"displayModeBar": False},
        alt="; ".join(
            f"{bundle.catalogue.titles[one.item]}: for {one.users}" for one in found.carriers[:SHOWN]
        ),
    )
    st.caption(
        f"For how many of the {found.asked} {words.users} with the best places a {words.item} of their history brings "
        "at least a tenth of its score, by Shapley values; in brackets, what it brings there."
    )


def carriers_figure(bundle: Bundle, found: Carried) -> go.Figure:
    """Draw a bar for each of the commonest carriers, the first on top."""
    shown = found.carriers[:SHOWN]
    places = list(range(len(shown)))
    names = [bundle.catalogue.titles[one.item] for one in shown]
    figure = go.Figure(
        go.Bar(
            x=[one.users for one in shown],
            y=places,
            orientation="h",
            marker_color=palette.TARGET,
            text=[f"{one.users} ({one.share:+.0%})" for one in shown],
            textposition="outside",
            hovertext=[figure_text(name) for name in names],
            hoverinfo="text",
            cliponaxis=False,
        )
    )
    figure.update_xaxes(
        range=[0, 1.25 * max(one.users for one in shown)],
        showticklabels=False,
        showgrid=False,
        zeroline=True,
        zerolinecolor=palette.QUIET,
        fixedrange=True,
    )
    figure.update_yaxes(
        tickvals=places,
        ticktext=[
            figure_text(name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…") for name in names
        ],
        autorange="reversed", showgrid=False, ticks="", fixedrange=True, tickfont={"size": 13}, automargin=True,
    )  # fmt: skip
    figure.update_layout(height=len(shown) * _ROW + 20, margin={"l": 8, "r": 40, "t": 4, "b": 4})
    return figure
