"""Errors written for the reader reach the screen as messages; anything else is a bug with its traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from recexplainer_core.errors import BusyError, RecExplainerError
from recexplainer_core.locations import APP_COMMAND
from recexplainer_core.ui.shared.escaping import markdown_text

BUILD_DEMO = "python -m recexplainer_core build demo --out bundles/demo"


@contextmanager
def shown_errors() -> Iterator[None]:
    """Show an error of ours in place of what follows it, and end the page there."""
    try:
        yield
    except BusyError as busy:
        st.warning(markdown_text(str(busy)), title="The model is busy", icon=":material/hourglass_top:")
        st.button("Try again", icon=":material/refresh:", key="retry")
        st.stop()
    except RecExplainerError as fault:
        st.error(markdown_text(str(fault)), title="This cannot be shown", icon=":material/error:")
        st.stop()


def show_no_bundle() -> None:
    """Say that there is nothing to explain yet, and how to change that."""
    st.title("Nothing to explain yet")
    st.info(
        "No bundle was found: neither the demos in `assets` nor one in the bundles folder. "
        "Make one of your own files on the screen “Your data”, build one, or name the folder of one you have:",
        icon=":material/inventory_2:",
    )
    st.code(f"{BUILD_DEMO}\n{APP_COMMAND} --bundle bundles/demo", language="bash")
