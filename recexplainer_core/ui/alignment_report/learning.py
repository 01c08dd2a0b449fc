"""Section of the alignment report: how the loss fell while each mode was taught."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.evaluation.report import Report
from recexplainer_core.modes import ALIGNED
from recexplainer_core.ui.alignment_report.learning_figure import learning_figure
from recexplainer_core.ui.shared.report_missing import draw_missing

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle


def draw_report_learning(bundle: Bundle) -> None:
    """Draw one picture a mode, all on one scale."""
    curves = (bundle.report or Report()).learning_curves
    modes = [str(mode) for mode in reversed(ALIGNED) if curves.get(mode)]
    if not modes:
        draw_missing(
            bundle, "The learning curves were not kept: only a build records them", bundle.manifest.created_by
        )
        return
    losses = [loss for mode in modes for _, loss in curves[mode]]
    for column, mode in zip(st.columns(len(modes), gap="medium"), modes, strict=True):
        points = curves[mode]
        column.plotly_chart(
            learning_figure(points, mode, max(losses), min(losses)),
            key=f"learning_{mode}",
            config={"displayModeBar": False},
            alt=f"{mode}: training loss from {points[0][1]:.2f} to {points[-1][1]:.2f} "
            f"over {points[-1][0]:,} examples",
        )
    st.caption(
        "Cross-entropy of the answers, a mean over questions of all tasks; the line is a running mean. An example is a "
        "user with all that is asked about them. With one pass over the examples each loss is of examples not seen "
        "before. The modes are asked different questions, so a lower curve does not mean a better mode."
    )
