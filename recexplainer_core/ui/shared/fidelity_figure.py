"""One measured figure per mode, with its interval, beside the baselines."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import plotly.graph_objects as go

from recexplainer_core.evaluation.report import Figures
from recexplainer_core.modes import ALIGNED
from recexplainer_core.ui.shared import palette
from recexplainer_core.ui.shared.descriptions import in_percent
from recexplainer_core.ui.shared.intervals_figure import IntervalRow, interval_figure

ROWS = {
    "hybrid": "hybrid",
    "intention": "intention",
    "behaviour": "behaviour",
    "none": "before alignment",
    "distilled copy": "distilled copy",
    "popularity": "popularity",
    "random": "random",
}
"""Mode or baseline -> its name on screen, in the order of the rows."""


def fidelity_figure(
    modes: Mapping[str, Figures],
    metric: str,
    title: str,
    words: Callable[[float], str] = in_percent,
    tick_format: str = ".0%",
    reference: float | None = None,
) -> go.Figure:
    """Draw a metric as a dot with its 95% interval for every mode and baseline that has it.

    Args:
        modes: the report's figures of every mode and baseline.
        metric: "acc@1" for example.
        title: what the metric says, in words.
        words: how a value is written.
        tick_format: of the axis, in d3's notation.
        reference: what chance gives, if it is to be marked.
    """
    rows = [
        IntervalRow(label, modes[name][metric], palette.SURROGATE if name in ALIGNED else palette.QUIET)
        for name, label in ROWS.items()
        if metric in modes.get(name, {})
    ]
    return interval_figure(rows, title, words, tick_format, reference)
