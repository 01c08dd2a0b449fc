"""The verdict on a bundle: how far the language model's lists and reasons are to be trusted, in words and a picture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.modes import ALIGNED, AlignmentMode
from recexplainer_core.rationale.trust import CLAIMS, lists_verdict, reasons_verdict
from recexplainer_core.ui.shared import palette
from recexplainer_core.ui.shared.intervals_figure import IntervalRow, interval_figure

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from recexplainer_core.bundle import Bundle
    from recexplainer_core.catalogue import Wording
    from recexplainer_core.evaluation.report import Figures

SAID, VERIFIED = "wholly_true", "wholly_true, verified"


def draw_trust(bundle: Bundle) -> None:
    """Say it of the mode that the screens open with; nothing where nothing was measured."""
    report = bundle.report
    if report is None:
        return
    mode = next((mode for mode in reversed(ALIGNED) if mode in bundle.modes), AlignmentMode.NONE)
    lists, reasons = (part.get(str(mode), {}) for part in (report.modes, report.reasons.modes))
    words = bundle.catalogue.wording
    values = {name: one.value for part in (lists, reasons) for name, one in part.items()}
    verdict = [text for text in (reasons_verdict(values, words), lists_verdict(values, words)) if text]
    if not verdict:
        return
    with st.container(border=True, key="trust"):
        said, picture = st.columns([5, 6], gap="large", vertical_alignment="center")
        with said:
            st.markdown(
                f"**How far to trust it**, in {mode} mode, measured on {report.users:,} {words.users}:"
            )
            sentences = [one for text in verdict for one in re.split(r"(?<=[.]) (?=[A-Z])", text)]
            st.markdown("\n".join(f"- {_with_bold_figures(sentence)}" for sentence in sentences))
        if SAID in reasons:
            title = "Right, as the LLM alone says it"
            picture.plotly_chart(
                trust_figure(reasons, words, title),
                key="trust_figure",
                config={"displayModeBar": False},
                alt=title,
            )


def trust_figure(reasons: Figures, words: Wording, title: str) -> go.Figure:
    """Draw how often whole reasons, and each kind of claim in them, are right; the worst kind first.

    Args:
        reasons: what was measured of one mode's reasons.
        words: of the catalogue.
        title: above the figure.
    """
    kinds = sorted((name for name in CLAIMS if name in reasons), key=lambda name: reasons[name].value)
    rows = [
        IntervalRow("every claim of a reason", reasons[SAID], palette.CITED),
        *(IntervalRow(CLAIMS[name].format(items=words.items), reasons[name]) for name in kinds),
    ]
    if VERIFIED in reasons:
        rows.append(IntervalRow("every claim, verified", reasons[VERIFIED], palette.TARGET))
    return interval_figure(rows, title, "{:.0%}".format, ".0%")


def _with_bold_figures(sentence: str) -> str:
    return re.sub(r"(\d+%)", r"**\1**", sentence)
