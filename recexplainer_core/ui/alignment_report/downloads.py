"""The alignment report as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.ui.alignment_report.html import report_html
from recexplainer_core.ui.alignment_report.rows import report_csv

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle


def draw_report_downloads(bundle: Bundle) -> None:
    """Offer the whole report, every section of it, as a table and as a page."""
    report = bundle.report
    if not report:
        return
    manifest_hash, name = bundle.manifest_hash, bundle.root.resolve().name
    parameters = {
        "bundle": name,
        "manifest_sha256": manifest_hash,
        "seed": "" if report.seed is None else report.seed,
    }
    with st.container(horizontal=True, width="content", gap="small"):
        st.download_button(
            "CSV", lambda: report_csv(report, parameters), f"alignment-report-{name}.csv", "text/csv",
            icon=":material/table:", on_click="ignore",
            help="Every figure of every section as one long table, a row for each number.",
        )  # fmt: skip
        st.download_button(
            "HTML", lambda: report_html(bundle, manifest_hash), f"alignment-report-{name}.html", "text/html",
            icon=":material/description:", on_click="ignore",
            help="The whole report as one page that needs nothing else.",
        )  # fmt: skip
