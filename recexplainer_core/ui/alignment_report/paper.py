"""Section of the alignment report: what the paper reports of its own models, as context."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from recexplainer_core.evaluation.fidelity.figures import defined
from recexplainer_core.evaluation.fidelity.published import (
    ADDRESS,
    DIFFERENCES,
    FIGURES,
    SOURCE,
    published_rows,
)
from recexplainer_core.evaluation.report import Report
from recexplainer_core.modes import ALIGNED, AlignmentMode
from recexplainer_core.ui.alignment_report.tables import number
from recexplainer_core.ui.shared.escaping import markdown_text

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle


def draw_report_paper(bundle: Bundle) -> None:
    """Draw this bundle's figures above the paper's, and why they cannot be compared digit by digit."""
    st.markdown(
        f"The method is that of [{markdown_text(SOURCE)}]({ADDRESS}). Its figures are quoted as context. They were "
        "not measured here and are no mark for this bundle to be graded by:"
    )
    st.markdown("\n".join(f"- {markdown_text(line)}" for line in DIFFERENCES))
    st.table(_table(bundle), hide_index=True, border="horizontal")
    st.caption(
        "Ranking NDCG@5 hides much: its gains 1000, 100, 10, 1, 0 give a random order 0.61 and the reversed one 0.41. "
        "A dash: not reported, or not measured."
    )


def _table(bundle: Bundle) -> pd.DataFrame:
    modes, known = (bundle.report or Report()).modes, defined()
    here = markdown_text(bundle.manifest.provenance.name)
    rows = [
        (f"**{here}**, this bundle", f"**{mode if mode in ALIGNED else 'before alignment'}**", figures)
        for mode in (AlignmentMode.NONE, *ALIGNED)
        if (figures := {k: f.value for k, f in modes.get(mode, {}).items()})
    ]
    rows += [(f"{markdown_text(data)}, paper", model, found) for data, model, found in published_rows()]
    return pd.DataFrame(
        [
            {"Data": data, "Model": model}
            | {known[name].name: number(found[name]) if name in found else "–" for name in FIGURES}
            for data, model, found in rows
        ]
    )
