"""Section of the alignment report: whether the language model is as right as it is sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.evaluation.report import Report
from recexplainer_core.modes import ALIGNED, AlignmentMode
from recexplainer_core.ui.alignment_report.calibration_figure import calibration_figure, calibration_gap
from recexplainer_core.ui.shared import palette
from recexplainer_core.ui.shared.report_missing import draw_missing

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle


def draw_report_calibration(bundle: Bundle) -> None:
    """Draw one picture a mode."""
    words = bundle.catalogue.wording
    found = (bundle.report or Report()).calibration
    modes = [str(m) for m in (*reversed(ALIGNED), AlignmentMode.NONE) if found.get(m)]
    if not modes:
        draw_missing(bundle, "Calibration has not been measured")
        return
    st.markdown(
        f"Asked whether the target would recommend {words.an_item}, the LLM answers yes with a probability. Here the "
        "questions are put into tenths of that probability, with the share for which yes is right."
    )
    for column, mode in zip(st.columns(len(modes), gap="medium"), modes, strict=True):
        name = mode if mode in ALIGNED else "before alignment"
        gap = calibration_gap(found[mode])
        column.plotly_chart(
            calibration_figure(
                found[mode],
                f"{name}: mean gap {gap:.3f}",
                palette.SURROGATE if mode in ALIGNED else palette.QUIET,
            ),
            key=f"calibration_{mode}",
            config={"displayModeBar": False},
            alt=f"Calibration, {name}; mean gap {gap:.3f}",
        )
    st.caption(
        "On the dotted line stated probability and frequency agree; below it the LLM is too sure of a yes, above it "
        "not sure enough. Larger dots hold more questions. The mean gap is the expected calibration error over the "
        "tenths: 0 is perfect. Yes is right in the upper fifth of the target's order, wrong in the lower half, and "
        "right in part between them."
    )
