"""The language model that a bundle names but does not hold: fetched before the first page, with its progress."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.errors import ModelError, RecExplainerError
from recexplainer_core.fingerprints import path_fingerprint
from recexplainer_core.ui.shared.bundle_choice import (
    DEMO,
    MANIFEST,
    STAND_IN,
    Places,
    available,
    switch_to,
)
from recexplainer_core.ui.shared.escaping import markdown_text

if TYPE_CHECKING:
    from recexplainer_core.lm.sources import PinnedLLM

_MISSING = "language_model_missing"


def with_language_model(root: Path, where: Places) -> Path:
    """Fetch what the bundle to be shown needs; where that fails for the demo, take the one that needs nothing.

    Args:
        root: the bundle's folder.
        where: which bundles are on offer.

    Returns:
        The folder of the bundle to show.

    Raises:
        ModelError: the language model is neither here nor to be had, and nothing can stand in.
    """
    pinned = _named(root, path_fingerprint(root / MANIFEST))
    if pinned is None or pinned.find() is not None:
        return root
    begun = f"{pinned.name} is fetched once, and stays on this machine"
    bar = st.progress(0.0, text=f"{begun}…")

    def show(done: int, total: int, note: str) -> None:
        bar.progress(done / max(1, total), text=f"{begun}: {note}")

    try:
        pinned.fetch(show)
    except ModelError as fault:
        offered = available(where)
        if offered.get(DEMO) != root or STAND_IN not in offered:
            raise
        st.session_state[_MISSING] = str(fault)
        switch_to(STAND_IN)
        root = offered[STAND_IN]
    bar.empty()
    return root


def draw_stand_in(root: Path, where: Places) -> None:
    """Say that the demo on screen stands in for the one with a pretrained language model, and why."""
    fault = st.session_state.get(_MISSING)
    if fault is None or available(where).get(STAND_IN) != root:
        return
    with st.container(border=True, key="stand_in"):
        row = st.container(horizontal=True, vertical_alignment="center")
        row.markdown(
            ":material/cloud_off: **The small language model stands in** for the pretrained one, which cannot be had "
            "here at the moment."
        )
        row.button("Try again", icon=":material/refresh:", key="fetch_again", on_click=_try_again)
        st.caption(markdown_text(fault))


def _try_again() -> None:
    st.session_state.pop(_MISSING, None)
    switch_to(DEMO)


@st.cache_resource(max_entries=16, show_spinner="Opening the bundle and checking its files…")
def _named(root: Path, manifest_hash: str | None) -> PinnedLLM | None:
    """Return the language model that a bundle names; None where it holds one, or is too damaged to say."""
    from recexplainer_core.bundle import read_manifest

    try:
        return read_manifest(root).llm
    except RecExplainerError:
        return None
