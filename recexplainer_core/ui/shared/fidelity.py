"""The measured agreement of language model and target, in one picture and one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.modes import ALIGNED
from recexplainer_core.ui.shared.descriptions import in_percent
from recexplainer_core.ui.shared.fidelity_figure import fidelity_figure
from recexplainer_core.ui.shared.report_missing import draw_missing

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.evaluation.report import Report


def draw_fidelity(bundle: Bundle) -> None:
    """Draw what report.json says, or how to get one."""
    if not bundle.report or not bundle.report.modes:
        draw_missing(bundle, "Nothing has been measured here yet")
        return
    modes = bundle.report.modes
    words = bundle.catalogue.wording
    st.markdown(summary(bundle.report, words.users))
    first, fifth = st.columns(2, gap="large")
    for column, metric, title in (
        (first, "acc@1", "It names the target's first choice (Acc@1)"),
        (fifth, "hr@5", "The target's first choice is in its top five (HR@5)"),
    ):
        column.plotly_chart(
            fidelity_figure(modes, metric, title), key=metric, config={"displayModeBar": False}, alt=title
        )
    st.caption(
        "Bands are 95% bootstrap intervals over users. *Before alignment* is the same language model before "
        "it was taught, asked in the way that suits it best; *distilled copy* is a small recommender trained on "
        "the same answers, without language; *popularity* names the most frequent unseen "
        "titles; *random* draws from the catalogue."
    )
    st.page_link(
        "pages/alignment_report.py", label="Every figure, with what it says", icon=":material/monitoring:"
    )


def summary(report: Report, users: str) -> str:
    """Return the main result as a sentence: the best mode's Acc@1 beside that of the untaught model."""
    modes = report.modes
    measured = [str(m) for m in ALIGNED if "acc@1" in modes.get(m, {})]
    if not measured:
        return ""
    best = max(measured, key=lambda m: modes[m]["acc@1"].value)
    sentence = (
        f"For {report.users:,} {users} it has never seen, the LLM in **{best}** mode names the "
        f"target's first choice **{in_percent(modes[best]['acc@1'].value)}** of the time"
    )
    if "acc@1" in modes.get("none", {}):
        sentence += f"; before alignment, {in_percent(modes['none']['acc@1'].value)}"
    return sentence + "."
