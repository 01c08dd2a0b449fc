"""The ratings of each mode: how often each level was given, the mean, and its interval."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from typing import TYPE_CHECKING

import plotly.graph_objects as go

from recexplainer_core.modes import ALIGNED
from recexplainer_core.ui.shared import palette

if TYPE_CHECKING:
    from recexplainer_core.evaluation.human.figures import ModeFigures

_ROW_HEIGHT, _WIDEST = 58, 44
BEFORE = {"none": "before alignment"}
"""What modes are called on screen where not by their names."""


def ratings_figure(modes: Mapping[str, ModeFigures]) -> go.Figure:
    """Draw a row for each mode: pale discs, whose area is the share of a level, and the mean with its 95% interval."""
    figure = go.Figure()
    for mode, found in modes.items():
        label, mean = BEFORE.get(mode, mode), found.mean
        colour = palette.SURROGATE if mode in ALIGNED else palette.QUIET
        given = [(level, count) for level, count in enumerate(found.levels) if count]
        figure.add_scatter(
            x=[level for level, _ in given],
            y=[label] * len(given),
            mode="markers",
            marker={
                "size": [_WIDEST * sqrt(count / found.ratings) for _, count in given],
                "color": palette.QUIET,
                "opacity": 0.28,
                "line": {"width": 0},
            },
            customdata=[f"{count} of {found.ratings}" for _, count in given],
            hovertemplate=f"{label}, level %{{x}}: %{{customdata}}<extra></extra>",
        )
        figure.add_scatter(
            x=[mean.low, mean.high], y=[label, label], mode="lines",
            line={"color": colour, "width": 9}, opacity=0.35, hoverinfo="skip",
        )  # fmt: skip
        figure.add_scatter(
            x=[mean.value], y=[label], mode="markers", marker={"size": 11, "color": colour},
            hovertemplate=f"{label}: {mean.value:.2f} ({mean.low:.2f} to {mean.high:.2f})<extra></extra>",
        )  # fmt: skip
        figure.add_annotation(
            x=1, xref="paper", y=label, text=f"{mean.value:.2f}",
            showarrow=False, xanchor="left", xshift=12, font={"size": 14},
        )  # fmt: skip
    figure.update_traces(showlegend=False, cliponaxis=False)
    figure.update_xaxes(
        range=[-0.4, 3.4],
        tickvals=[0, 1, 2, 3],
        showgrid=True,
        gridcolor=palette.FAINT,
        zeroline=False,
        fixedrange=True,
    )
    figure.update_yaxes(
        autorange="reversed", showgrid=False, ticks="", fixedrange=True, tickfont={"size": 14}
    )
    figure.update_layout(height=len(modes) * _ROW_HEIGHT + 64, margin={"l": 118, "r": 56, "t": 12, "b": 34})
    return figure
