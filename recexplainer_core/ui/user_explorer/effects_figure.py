"""What each item of a history does for one recommendation: bars to either side of nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import plotly.graph_objects as go

from recexplainer_core.ui.shared import palette
from recexplainer_core.ui.shared.escaping import figure_text

_ROW_HEIGHT, _LONGEST = 26, 30


def effects_figure(
    titles: Sequence[str], shares: Sequence[float], alone: Sequence[float], cited: Collection[int]
) -> go.Figure:
    """Draw one bar per item of the history, oldest on top.

    Args:
        titles: of the items.
        shares: effect of each, as a share of the explained item's score; below 0 it speaks against it.
        alone: by which share the score rises or falls when nothing but the item is taken away; shown on hovering.
        cited: places of the items that the reason cites.
    """
    places = list(range(len(titles)))
    colours = [palette.CITED if place in cited else palette.TARGET for place in places]
    figure = go.Figure(
        go.Bar(
            x=list(shares),
            y=places,
            orientation="h",
            marker={"color": colours},
            text=[f"{share:+.0%}" for share in shares],
            textposition="outside",
            cliponaxis=False,
            hovertext=[
                f"{figure_text(title)}<br>brings {share:+.0%} of the score"
                f"<br>{change:+.0%} when it alone is taken away"
                for title, share, change in zip(titles, shares, alone, strict=True)
            ],
            hoverinfo="text",
        )
    )
    low, high = min(0.0, *shares), max(0.0, *shares)
    room = 0.22 * (high - low or 1.0)
    figure.update_xaxes(
        range=[low - (room if low < 0 else 0.02), high + room],
        showticklabels=False,
        zeroline=True,
        zerolinecolor=palette.QUIET,
        showgrid=False,
        fixedrange=True,
    )
    figure.update_yaxes(
        tickvals=places,
        ticktext=[_shortened(title) for title in titles],
        autorange="reversed",
        showgrid=False,
        ticks="",
        fixedrange=True,
        tickfont={"size": 13},
    )
    figure.update_layout(height=len(places) * _ROW_HEIGHT + 16, margin={"l": 8, "r": 8, "t": 4, "b": 4})
    return figure


def _shortened(title: str) -> str:
    """Return a title short enough to stand beside a bar."""
    return figure_text(title if len(title) <= _LONGEST else title[: _LONGEST - 1].rstrip() + "…")
