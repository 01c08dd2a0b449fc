"""The training loss of one mode over the examples it has seen."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from recexplainer_core.ui.shared import palette

_AVERAGED = 5
"""Neighbouring points that the line averages, where so many are."""


def learning_figure(
    points: Sequence[Sequence[float]], title: str, highest: float, lowest: float = 0.0
) -> go.Figure:
    """Draw every logged loss as a faint dot, and their running mean as a line.

    Args:
        points: (examples seen, mean loss since the point before), in order.
        title: above the figure.
        highest: of the losses of all the modes drawn side by side, so that they can be compared.
        lowest: the same for the lower end.
    """
    seen, losses = [point[0] for point in points], [point[1] for point in points]
    figure = go.Figure()
    figure.add_scatter(
        x=seen, y=losses, mode="markers",
        marker={"color": palette.SURROGATE, "size": 5, "opacity": 0.45},
        hovertemplate="%{x:,} examples: loss %{y:.2f}<extra></extra>",
    )  # fmt: skip
    figure.add_scatter(
        x=seen, y=running_mean(losses), mode="lines", line={"color": palette.SURROGATE, "width": 2.5},
        hoverinfo="skip",
    )  # fmt: skip
    room = 0.05 * (highest - lowest or 1.0)
    figure.update_xaxes(
        title="examples seen", gridcolor=palette.FAINT, zeroline=False, fixedrange=True, nticks=4
    )
    figure.update_yaxes(
        title="training loss",
        range=[max(0.0, lowest - room), highest + room],
        gridcolor=palette.FAINT,
        zeroline=False,
        fixedrange=True,
    )
    figure.update_layout(
        title={"text": title, "font": {"size": 15}, "x": 0, "xref": "container"},
        showlegend=False,
        height=300,
        margin={"l": 56, "r": 18, "t": 44, "b": 48},
    )
    return figure


def running_mean(values: Sequence[float]) -> list[float]:
    """Return the mean of each value and its nearest neighbours, as many on either side."""
    reach = _AVERAGED // 2
    windows = [
        values[n - side : n + side + 1]
        for n in range(len(values))
        for side in [min(reach, n, len(values) - 1 - n)]
    ]
    return [sum(window) / len(window) for window in windows]
