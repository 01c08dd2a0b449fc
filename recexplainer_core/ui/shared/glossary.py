"""What the words on the screens mean."""

from __future__ import annotations

import streamlit as st

from recexplainer_core.terms import TERMS
from recexplainer_core.ui.shared.escaping import markdown_text


def draw_glossary() -> None:
    """Draw the list of terms, folded away until it is wanted."""
    with st.expander("What the words here mean", icon=":material/dictionary:"):
        st.markdown(
            "\n".join(f"- **{markdown_text(term)}**: {markdown_text(text)}" for term, text in TERMS.items())
        )
