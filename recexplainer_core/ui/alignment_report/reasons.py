"""Section of the alignment report: whether the reasons given are the target's real reasons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.evaluation.definitions import Definition
from recexplainer_core.evaluation.faithfulness.metric import definitions
from recexplainer_core.evaluation.faithfulness.removal import CITATION_BASELINES, FIGURES
from recexplainer_core.evaluation.report import Faithfulness, Report
from recexplainer_core.modes import ALIGNED
from recexplainer_core.ui.alignment_report.linked_choice import linked_choice
from recexplainer_core.ui.alignment_report.tables import figure_table, number
from recexplainer_core.ui.shared import palette
from recexplainer_core.ui.shared.intervals_figure import IntervalRow, interval_figure
from recexplainer_core.ui.shared.report_missing import draw_missing

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle


def draw_report_reasons(bundle: Bundle) -> None:
    """Draw what happens when the cited items are removed, beside other citations, and what else was tested."""
    report = bundle.report or Report()
    reasons = report.reasons
    modes = [str(mode) for mode in reversed(ALIGNED) if reasons.modes.get(mode)]
    if not modes:
        draw_missing(bundle, "The reasons have not been tested")
        return
    words = bundle.catalogue.wording
    _draw_wholly_true(reasons, modes)
    several = reasons.explanations > report.users
    each = f"several of each {words.user}" if several else f"one {words.a_user}"
    st.markdown(
        f"**{reasons.explanations:,}** recommendations, {each}, were explained in every mode. "
        f"Then the target was asked what becomes of each when the cited {words.items} are taken out of the history."
    )
    removal = {k: d for k, d in FIGURES.items() if k in reasons.modes[modes[0]]}
    if removal:
        _draw_removal(reasons, modes, removal)
    st.subheader("What the reasons say, and whether it is so", anchor=False)
    rest = {k: d for k, d in definitions().items() if k not in removal}
    st.table(
        figure_table(rest, {mode: reasons.modes[mode] for mode in modes}, modes),
        hide_index=True,
        border="horizontal",
    )


def _draw_wholly_true(reasons: Faithfulness, modes: list[str]) -> None:
    """Say first how many reasons hold in every claim, as the language model says them and verified."""
    names = ("wholly_true", "wholly_true, verified")
    measured = {mode: [reasons.modes[mode].get(name) for name in names] for mode in modes}
    known = {mode: figures for mode, figures in measured.items() if all(figures)}
    if not known:
        return
    st.markdown(
        "**Of the reasons for the target's first choice, this many hold in every claim**, as the LLM alone gives them "
        "and once the target has verified them:"
    )
    for column, (mode, figures) in zip(st.columns(len(known), gap="medium"), known.items(), strict=True):
        said, verified = (f"{100 * figure.value:.0f}%" for figure in figures if figure is not None)
        column.metric(mode, said, f"{verified} verified", delta_color="off", delta_arrow="off")


def _draw_removal(reasons: Faithfulness, modes: list[str], removal: Mapping[str, Definition]) -> None:
    st.subheader("Removing what is cited", anchor=False)
    chosen = linked_choice("test", "Test", {k: d.name for k, d in removal.items()}, menu=True, width=340)
    definition = removal[chosen]
    st.markdown(f"{definition.says} {definition.direction.capitalize()}.")
    for column, mode in zip(st.columns(len(modes), gap="medium"), modes, strict=True):
        figures = {mode: reasons.modes[mode], **reasons.beside.get(mode, {})}
        rows = [
            IntervalRow(name, figures[name][chosen], palette.SURROGATE if name == mode else palette.QUIET)
            for name in figures
            if chosen in figures[name]
        ]
        column.plotly_chart(
            interval_figure(rows, f"{definition.name}, {mode}", number, "~g", definition.chance or None),
            key=f"removal_{mode}",
            config={"displayModeBar": False},
            alt=f"{definition.name}: " + "; ".join(f"{r.label} {number(r.figure.value)}" for r in rows),
        )
    names = "; ".join(f"*{name}*: {says}" for name, says in CITATION_BASELINES.items())
    st.caption(
        f"Beside each mode stand others that cite as many items as it did, so they differ from mode to mode. {names}."
    )
    mode = linked_choice("mode", "Mode", {mode: mode for mode in modes})
    st.table(
        figure_table(
            removal,
            {mode: reasons.modes[mode], **reasons.beside.get(mode, {})},
            (),
        ),
        hide_index=True,
        border="horizontal",
    )
