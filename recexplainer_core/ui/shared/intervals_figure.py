"""Values with their 95% intervals, one row each: a dot, a band, a number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from recexplainer_core.evaluation.intervals import Interval
from recexplainer_core.ui.shared import palette
from recexplainer_core.ui.shared.escaping import figure_text

_ROW_HEIGHT = 34


@dataclass(frozen=True)
class IntervalRow:
    """One row: its label, its value with the interval, and its colour."""

    label: str
    figure: Interval
    colour: str = palette.SURROGATE

    @property
    def bounds(self) -> tuple[float, float, float]:
        """Low end, value, high end."""
        value, low, high = self.figure.value, self.figure.low, self.figure.high
        return value if low is None else low, value, value if high is None else high


def interval_figure(
    rows: Sequence[IntervalRow],
    title: str,
    words: Callable[[float], str],
    tick_format: str,
    reference: float | None = None,
    span: tuple[float, float] = (0.0, 1.0),
) -> go.Figure:
    """Draw one row per value, the first on top.

    Args:
        rows: with labels of their own.
        title: above the figure.
        words: how a value is written beside its row.
        tick_format: of the axis, in d3's notation.
        reference: a value to compare with, drawn as a dotted line.
        span: the least the axis shows; it grows where an interval reaches further.
    """
    labels = [figure_text(row.label) for row in rows]
    bounds = [row.bounds for row in rows]
    low = min(span[0], *(b[0] for b in bounds))
    high = max(span[1], *(b[2] for b in bounds))
    figure = go.Figure()
    for label, row, (least, value, most) in zip(labels, rows, bounds, strict=True):
        line = {"color": row.colour, "width": 3}
        figure.add_scatter(x=[0, value], y=[label, label], mode="lines", line=line)
        figure.add_scatter(
            x=[least, most], y=[label, label], mode="lines", line=line | {"width": 11}, opacity=0.3
        )
    figure.add_scatter(
        x=[value for _, value, _ in bounds],
        y=labels,
        mode="markers",
        marker={"size": 11, "color": [row.colour for row in rows]},
        cliponaxis=False,
    )
    for label, (_, value, most) in zip(labels, bounds, strict=True):
        figure.add_annotation(
            x=most, y=label, text=words(value),
            showarrow=False, xanchor="left", xshift=11, font={"size": 14},
        )  # fmt: skip
    if reference is not None:
        figure.add_vline(x=reference, line={"color": palette.QUIET, "width": 1.5, "dash": "dot"})
    figure.update_traces(hoverinfo="skip", showlegend=False)
    shares = (low, high) == (0.0, 1.0)
    figure.update_xaxes(
        range=[low - (0.04 * (high - low) if low < 0 else 0), high + 0.13 * (high - low)],
        tickvals=[0, 0.25, 0.5, 0.75, 1] if shares else None,
        nticks=None if shares else 5,
        tickformat=tick_format,
        gridcolor=palette.FAINT,
        zeroline=low < 0,
        zerolinecolor=palette.QUIET,
        fixedrange=True,
    )
    figure.update_yaxes(
        autorange="reversed",
        showgrid=False,
        ticks="",
        fixedrange=True,
        tickfont={"size": 14},
        automargin=True,
    )
    figure.update_layout(
        title={"text": title, "font": {"size": 15}, "x": 0, "xref": "container"},
        height=len(rows) * _ROW_HEIGHT + 78,
        margin={"l": 118, "r": 26, "t": 44, "b": 34},
    )
    return figure
