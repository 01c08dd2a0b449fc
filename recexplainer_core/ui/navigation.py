"""The pages of the app, in the order of the menu."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

import recexplainer_core

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

PROJECT = Path(recexplainer_core.__file__).parent.parent
"""The folder of app.py."""


def app_pages() -> list[StreamlitPage]:
    """Return one page per script in `pages`."""
    return [
        st.Page(
            PROJECT / "pages" / "overview.py",
            title="Overview",
            icon=":material/summarize:",
            default=True,
            help="What is being explained, by what, from which data, and how well the two agree.",
        ),
        st.Page(
            PROJECT / "pages" / "user_explorer.py",
            title="User explorer",
            icon=":material/person_search:",
            help="One user: the history, both top tens, and the reason for any recommendation.",
        ),
        st.Page(
            PROJECT / "pages" / "compare_modes.py",
            title="Compare modes",
            icon=":material/compare:",
            help="One user: the lists and reasons of every mode side by side, and who they disagree about most.",
        ),
    ]
