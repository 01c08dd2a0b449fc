"""The button that saves something as a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

MIME = {"csv": "text/csv", "json": "application/json", "html": "text/html"}


def draw_download(
    label: str, data: str | bytes | Callable[[], str], file_name: str, key: str, **settings: Any
) -> None:
    """Draw the button.

    Args:
        label: on the button.
        data: content of the file, or what makes it when it is wanted.
        file_name: ends with one of the endings in `MIME`.
        key: of the button.
        settings: of `st.download_button`.
    """
    st.download_button(
        label, data, file_name=file_name, mime=MIME[file_name.rsplit(".", 1)[-1]], key=key,
        icon=":material/download:", on_click="ignore", **settings,
    )  # fmt: skip
