"""Section of the alignment report: how well the predictions of each mode agree with the target."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.evaluation.definitions import BASELINES
from recexplainer_core.evaluation.fidelity.figures import defined
from recexplainer_core.evaluation.report import Report
from recexplainer_core.modes import ALIGNED
from recexplainer_core.ui.alignment_report.linked_choice import linked_choice
from recexplainer_core.ui.alignment_report.tables import figure_table, number
from recexplainer_core.ui.shared.fidelity import summary
from recexplainer_core.ui.shared.fidelity_figure import ROWS, fidelity_figure
from recexplainer_core.ui.shared.report_missing import draw_missing

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle


def draw_report_fidelity(bundle: Bundle) -> None:
    """Draw the main result, one figure as a picture, and all of them as a table."""
    report = bundle.report or Report()
    modes = report.modes
    if not modes:
        draw_missing(bundle, "How well the predictions agree with the target has not been measured")
        return
    st.markdown(summary(report, bundle.catalogue.wording.users))
    names = {name for figures in modes.values() for name in figures}
    shown = {name: one for name, one in defined(names).items() if name in names}
    picture, words = st.columns([3, 2], gap="large", vertical_alignment="center")
    with words:
        chosen = linked_choice(
            "figure", "Figure", {k: f"{d.name} ({d.part})" for k, d in shown.items()}, menu=True
        )
        definition = shown[chosen]
        st.markdown(f"{definition.says} {definition.direction.capitalize()}.")
        st.caption("Bands are 95% bootstrap intervals over users." + _beside(modes))
    with picture:
        st.plotly_chart(
            fidelity_figure(modes, chosen, definition.name, number, "~g", definition.chance or None),
            key="report_figure",
            config={"displayModeBar": False},
            alt=f"{definition.name}: "
            + "; ".join(f"{who} {number(f[chosen].value)}" for who, f in modes.items() if chosen in f),
        )
    st.subheader("All figures", anchor=False)
    columns = {label: modes[name] for name, label in ROWS.items() if name in modes}
    st.table(figure_table(shown, columns, ALIGNED), hide_index=True, border="horizontal")


def _beside(modes: Collection[str]) -> str:
    names = [f"*{ROWS[name]}*: {says}" for name, says in BASELINES.items() if name in modes]
    return f" Beside the modes: {'; '.join(names)}." if names else ""
