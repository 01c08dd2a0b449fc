"""The pages of the app, in the order of the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.locations import SHIPPED

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage


def app_pages() -> list[StreamlitPage]:
    """Return one page per script in `pages`."""
    return [
        st.Page(
            SHIPPED / "pages" / "overview.py",
            title="Overview",
            icon=":material/summarize:",
            default=True,
            help="What is being explained, by what, from which data, and how well the two agree.",
        ),
        st.Page(
            SHIPPED / "pages" / "user_explorer.py",
            title="User explorer",
            icon=":material/person_search:",
            help="One user: the history, both top tens, and the reason for any recommendation.",
        ),
        st.Page(
            SHIPPED / "pages" / "compare_modes.py",
            title="Compare modes",
            icon=":material/compare:",
            help="Every mode's list and reason for one user, side by side, and where they differ.",
        ),
        st.Page(
            SHIPPED / "pages" / "what_if.py",
            title="What if",
            icon=":material/edit_note:",
            help="An edited history: what both models make of it, before and after.",
        ),
        st.Page(
            SHIPPED / "pages" / "embedding_map.py",
            title="Embedding map",
            icon=":material/scatter_plot:",
            help="Which items the target holds alike, and whether the language model does too.",
        ),
        st.Page(
            SHIPPED / "pages" / "alignment_report.py",
            title="Alignment report",
            icon=":material/monitoring:",
            help="Every measured figure: agreement, where it fails, calibration, faithfulness of the reasons.",
        ),
        st.Page(
            SHIPPED / "pages" / "rate_explanations.py",
            title="Rate explanations",
            icon=":material/grading:",
            help="Rate reasons blind, alone or with others, and see how the modes and the raters compare.",
        ),
    ]
