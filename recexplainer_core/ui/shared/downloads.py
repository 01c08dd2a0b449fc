"""The button that saves something as a file, and what a file says of its origin."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

MIME = {"csv": "text/csv", "json": "application/json", "html": "text/html"}


def origin(bundle: Bundle) -> dict[str, str]:
    """Return what names a bundle in a column each: its name and the hash of its manifest."""
    return {"bundle": bundle.manifest.name, "manifest_sha256": bundle.manifest_hash}


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
