"""On whom the figures of a report were measured, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.ui.shared.escaping import markdown_text

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle


def draw_report_origin(bundle: Bundle) -> None:
    """Say what was measured on whom; nothing where nothing was."""
    report, words = bundle.report, bundle.catalogue.wording
    if not report or not report.users:
        return
    commit = report.origin.commit or bundle.manifest.commit or "unknown"
    st.markdown(
        f"What the LLM says beside what the target says, for **{report.users:,}** {words.users} of "
        f"**{markdown_text(bundle.manifest.provenance.name)}** whom the LLM has never seen."
    )
    st.caption(
        f"95% bootstrap intervals over {words.users}; seed {'unknown' if report.seed is None else report.seed}, "
        f"commit {markdown_text(commit[:12])}, bundle {markdown_text(bundle.root.resolve().name)} "
        f"{bundle.manifest_hash[:12]}"
    )
