"""The pages of the app, in the order of the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.locations import SHIPPED

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage


_WITHIN = "within_the_app"


def enter() -> None:
    """Tell the page that is about to run that the app runs it."""
    st.session_state[_WITHIN] = True


def run_within_the_app() -> None:
    """Run the page anew inside the app where Streamlit runs its script alone.

    It does so with every script in a folder called `pages` until `st.navigation` has been called once: when the
    first visitor follows a link to a page.
    """
    if not st.session_state.pop(_WITHIN, False):
        st.navigation(app_pages())
        st.rerun()


def app_pages() -> list[StreamlitPage]:
    """Return all pages; the app opens with the first. A new script in `pages` gets an entry here."""
    return [
        _page(
            "overview", "Overview", "summarize",
            "What is being explained, by what, from which data, and how well the two agree.",
            default=True,
        ),
        _page(
            "user_explorer", "User explorer", "person_search",
            "One user: the history, both top tens, and the reason for any recommendation.",
        ),
        _page(
            "compare_modes", "Compare modes", "compare",
            "Every mode's list and reason for one user, side by side, and where they differ.",
        ),
        _page(
            "groups", "Groups", "groups",
            "Several users at once: what they are recommended and why, and where the language model fails.",
        ),
        _page(
            "what_if", "What if", "edit_note",
            "An edited history: what both models make of it, before and after.",
        ),
        _page(
            "item", "Item", "category",
            "One item over all users: who is recommended it, what carries it there, and what is like it.",
        ),
        _page(
            "embedding_map", "Embedding map", "scatter_plot",
            "Which items the target holds alike, and whether the language model does too.",
        ),
        _page(
            "alignment_report", "Alignment report", "monitoring",
            "Every measured figure: agreement, where it fails, calibration, faithfulness of the reasons.",
        ),
        _page(
            "rate_explanations", "Rate explanations", "grading",
            "Rate reasons blind, alone or with others, and see how the modes and the raters compare.",
        ),
        _page(
            "your_data", "Your data", "upload_file",
            "From your own files to a bundle, in a process that goes on when this page is closed.",
        ),
    ]  # fmt: skip


def _page(script: str, title: str, icon: str, about: str, default: bool = False) -> StreamlitPage:
    """Return the page of a script in `pages`; the icon is a Material symbol, `about` a sentence for links to it."""
    path = SHIPPED / "pages" / f"{script}.py"
    return st.Page(path, title=title, icon=f":material/{icon}:", help=about, default=default)
