"""The bars of what carries an item."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import plotly.graph_objects as go

from recexplainer_core.ui.shared import palette
from recexplainer_core.ui.shared.escaping import figure_text

if TYPE_CHECKING:
    from recexplainer_core.item_view.carriers import Carried

SHOWN = 10
_LONGEST, _ROW = 30, 30


def carriers_figure(titles: Sequence[str], found: Carried) -> go.Figure:
    """Draw a bar for each of the commonest carriers, the first on top.

    Args:
        titles: of the catalogue.
        found: at least one carrier.
    """
    shown = found.carriers[:SHOWN]
    places = list(range(len(shown)))
    names = [titles[one.item] for one in shown]
    figure = go.Figure(
        go.Bar(
            x=[one.users for one in shown],
            y=places,
            orientation="h",
            marker_color=palette.TARGET,
            hovertext=[
                f"{figure_text(name)}: for {one.users} of {found.asked}, {one.share:.0%} of the score"
                for name, one in zip(names, shown, strict=True)
            ],
            hoverinfo="text",
        )
    )
    for place, one in zip(
        places, shown, strict=True
    ):  # not the bars' own text, which is too faint on light ground
        figure.add_annotation(
            x=one.users,
            y=place,
            text=f"{one.users} ({one.share:.0%})",
            showarrow=False,
            xanchor="left",
            xshift=4,
            font={"size": 13},
        )
    figure.update_xaxes(
        range=[0, 1.3 * max(one.users for one in shown)],
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
