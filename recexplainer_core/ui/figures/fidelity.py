"""One measured figure per mode, with its interval, beside the baselines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from recexplainer_core.surrogate.modes import ALIGNED
from recexplainer_core.ui import palette
from recexplainer_core.ui.wording import share

_ROWS = {
    "hybrid": "hybrid",
    "intention": "intention",
    "behaviour": "behaviour",
    "none": "before alignment",
    "distilled copy": "distilled copy",
    "popularity": "popularity",
    "random": "random",
}
_ROW_HEIGHT = 34


def fidelity_figure(modes: Mapping[str, Mapping[str, Any]], metric: str, title: str) -> go.Figure:
    """Draw a metric as a dot with its 95% interval for every mode and baseline that has it.

    Args:
        modes: the report's "modes": name -> metric -> {"value", "low", "high"}, shares between 0 and 1.
        metric: "acc@1" for example.
        title: what the metric says, in words.
    """
    rows = [(name, modes[name][metric]) for name in _ROWS if metric in modes.get(name, {})]
    labels = [_ROWS[name] for name, _ in rows]
    values = [float(figures["value"]) for _, figures in rows]
    lows = [float(figures.get("low", figures["value"])) for _, figures in rows]
    highs = [float(figures.get("high", figures["value"])) for _, figures in rows]
    colours = [palette.SURROGATE if name in ALIGNED else palette.QUIET for name, _ in rows]

    figure = go.Figure()
    for label, value, low, high, colour in zip(labels, values, lows, highs, colours, strict=True):
        figure.add_scatter(x=[0, value], y=[label, label], mode="lines", line={"color": colour, "width": 3})
        figure.add_scatter(
            x=[low, high], y=[label, label], mode="lines", line={"color": colour, "width": 11}, opacity=0.3
        )
    figure.add_scatter(
        x=values, y=labels, mode="markers", marker={"size": 11, "color": colours}, cliponaxis=False
    )
    for label, value, high in zip(labels, values, highs, strict=True):
        figure.add_annotation(
            x=high, y=label, text=share(value),
            showarrow=False, xanchor="left", xshift=11, font={"size": 14},
        )  # fmt: skip
    figure.update_traces(hoverinfo="skip", showlegend=False)
    figure.update_xaxes(
        range=[0, 1.13],
        tickvals=[0, 0.25, 0.5, 0.75, 1],
        tickformat=".0%",
        gridcolor=palette.FAINT,
        zeroline=False,
        fixedrange=True,
    )
    figure.update_yaxes(
        autorange="reversed", showgrid=False, ticks="", fixedrange=True, tickfont={"size": 14}
    )
    figure.update_layout(
        title={"text": title, "font": {"size": 15}, "x": 0, "xref": "container"},
        height=len(rows) * _ROW_HEIGHT + 78,
        margin={"l": 118, "r": 12, "t": 44, "b": 34},
    )
    return figure
