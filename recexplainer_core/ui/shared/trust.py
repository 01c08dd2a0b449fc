"""The verdict on a bundle: how far the language model's lists and reasons are to be trusted, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.modes import ALIGNED, AlignmentMode
from recexplainer_core.rationale.trust import lists_verdict, reasons_verdict

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle


def draw_trust(bundle: Bundle) -> None:
    """Say it of the mode that the screens open with; nothing where nothing was measured."""
    report = bundle.report
    if report is None:
        return
    mode = next((mode for mode in reversed(ALIGNED) if mode in bundle.modes), AlignmentMode.NONE)
    figures = {
        name: one.value
        for part in (report.modes, report.reasons.modes)
        for name, one in part.get(str(mode), {}).items()
    }
    words = bundle.catalogue.wording
    verdict = [text for text in (reasons_verdict(figures, words), lists_verdict(figures, words)) if text]
    if verdict:
        with st.container(border=True, key="trust"):
            st.markdown(f"**How far to trust it ({mode} mode).** {' '.join(verdict)}")
