"""A history from its oldest item to its newest, in lanes: one per value of an attribute."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

import plotly.graph_objects as go

from recexplainer_core.ui.shared import palette
from recexplainer_core.ui.shared.escaping import figure_text

LANES = 5
"""Values that get a lane of their own; all others share one."""
OTHERS = "other"
_LANE_HEIGHT, _LONGEST = 21, 18


def timeline_figure(
    about: Sequence[str],
    values: Sequence[Sequence[str]],
    first_seen: int,
    cited: Collection[int],
    dates: Sequence[str] | None = None,
) -> go.Figure:
    """Draw each of n items as a dot in the lane of every value it has, the commonest value on top.

    Args:
        about: [n], what is shown on hovering, plain text; lines are parted by newlines.
        values: [n], the values of the attribute; an item without one of the commonest is in the last lane.
        first_seen: place of the first item that the models see; those before it are hollow.
        cited: places of the items that the reason cites.
        dates: [n], written under the ends and the middle, where the data have any.
    """
    n = len(about)
    counts = Counter(value for item in values for value in item)
    lanes = [value for value, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:LANES]]
    if any(not set(item) & set(lanes) for item in values):
        lanes.append(OTHERS)
    # Lanes are numbers, so that a value called "other" keeps a lane of its own.
    own = [
        [row for row, lane in enumerate(lanes[:LANES]) if lane in item] or [len(lanes) - 1] for item in values
    ]
    size = 11 if n <= 40 else 9 if n <= 90 else 6
    figure = go.Figure()
    for row in range(len(lanes)):
        figure.add_scatter(
            x=[-0.5, n - 0.5],
            y=[row, row],
            mode="lines",
            line={"color": palette.FAINT, "width": 1},
            hoverinfo="skip",
        )
    for places, colour, symbol in (
        ([p for p in range(first_seen) if p not in cited], palette.QUIET, "circle-open"),
        ([p for p in range(first_seen, n) if p not in cited], palette.TARGET, "circle"),
        ([p for p in range(n) if p in cited], palette.CITED, "circle"),
    ):
        dots = [(place, row) for place in places for row in own[place]]
        figure.add_scatter(
            x=[place for place, _ in dots],
            y=[row for _, row in dots],
            mode="markers",
            marker={
                "color": colour, "symbol": symbol,
                "size": size + 3 if colour == palette.CITED else size,
                "line": {"color": colour, "width": 1.4},
            },
            hovertext=[figure_text_lines(about[place]) for place, _ in dots],
            hoverinfo="text",
            cliponaxis=False,
        )  # fmt: skip
    if first_seen > 0:
        figure.add_vrect(
            x0=first_seen - 0.5,
            x1=n - 0.5,
            fillcolor=palette.TARGET,
            opacity=0.09,
            line_width=0,
            layer="below",
        )
    ticks, names = _ticks(n, dates)
    figure.update_xaxes(
        range=[-0.7, n - 0.3], tickvals=ticks, ticktext=names, showgrid=False, zeroline=False, fixedrange=True,
        ticks="", tickfont={"size": 12},
    )  # fmt: skip
    figure.update_yaxes(
        range=[len(lanes) - 0.4, -0.6], tickvals=list(range(len(lanes))),
        ticktext=[_shortened(lane) for lane in lanes], showgrid=False, zeroline=False, fixedrange=True, ticks="",
        tickfont={"size": 12},
    )  # fmt: skip
    figure.update_layout(
        height=len(lanes) * _LANE_HEIGHT + 30, margin={"l": 8, "r": 24, "t": 4, "b": 22}, showlegend=False
    )
    return figure


def figure_text_lines(text: str) -> str:
    """Return text of several lines that a plotly figure shows character by character."""
    return "<br>".join(figure_text(line) for line in text.split("\n"))


def _ticks(n: int, dates: Sequence[str] | None) -> tuple[list[int], list[str]]:
    if n == 0:
        return [], []
    ends = {0: "oldest", n - 1: "newest"} if n > 1 else {0: "the only one"}
    if dates is not None:
        ends = {0: dates[0], n - 1: dates[-1]}
        if n > 4:
            ends[(n - 1) // 2] = dates[(n - 1) // 2]
    return list(ends), [figure_text(name) for name in ends.values()]


def _shortened(value: str) -> str:
    return figure_text(value if len(value) <= _LONGEST else value[: _LONGEST - 1].rstrip() + "…")
