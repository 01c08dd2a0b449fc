"""How often "Yes" is right, against how sure the language model was of it."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from recexplainer_core.evaluation.report import CalibrationBin
from recexplainer_core.ui.shared import palette

_LARGEST = 22


def calibration_figure(
    bins: Sequence[CalibrationBin], title: str, colour: str = palette.SURROGATE
) -> go.Figure:
    """Draw one dot for each tenth of P(yes), as large as the questions in it are many; on the line all is well.

    Args:
        bins: of one mode.
        title: above the figure.
        colour: of the dots.
    """
    most = max((one.questions for one in bins), default=1)
    figure = go.Figure()
    figure.add_scatter(
        x=[0, 1], y=[0, 1], mode="lines", hoverinfo="skip",
        line={"color": palette.QUIET, "width": 1.5, "dash": "dot"},
    )  # fmt: skip
    figure.add_scatter(
        x=[one.chance for one in bins],
        y=[one.right for one in bins],
        mode="lines+markers",
        line={"color": colour, "width": 2},
        marker={
            "color": colour,
            "opacity": 1,
            "size": [6 + (_LARGEST - 6) * (one.questions / most) ** 0.5 for one in bins],
        },
        cliponaxis=False,
        hovertext=[
            f"says {one.chance:.0%}, right {one.right:.0%}<br>{one.questions:,.0f} questions" for one in bins
        ],
        hoverinfo="text",
    )
    axis = {"range": [-0.03, 1.03], "tickvals": [0, 0.5, 1], "tickformat": ".0%", "gridcolor": palette.FAINT}
    figure.update_xaxes(**axis, title="P(yes), as stated", zeroline=False, fixedrange=True)
    figure.update_yaxes(**axis, title="“yes” is right", zeroline=False, fixedrange=True)
    figure.update_layout(
        title={"text": title, "font": {"size": 15}, "x": 0, "xref": "container"},
        showlegend=False,
        height=300,
        margin={"l": 56, "r": 12, "t": 44, "b": 48},
    )
    return figure


def calibration_gap(bins: Sequence[CalibrationBin]) -> float:
    """Return the mean distance from the line over all questions (expected calibration error over tenths)."""
    asked = sum(one.questions for one in bins)
    return sum(abs(one.chance - one.right) * one.questions for one in bins) / asked if asked else 0.0
