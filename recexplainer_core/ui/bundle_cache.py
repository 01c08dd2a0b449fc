"""What is loaded once and shared by every visitor: the bundle, the language model, and their answers.

Torch and transformers are imported inside the functions that need them, so that the overview is on screen before
they are.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.surrogate.modes import AlignmentMode
from recexplainer_core.ui.bundle_choice import MANIFEST

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.surrogate.engine import Engine

LIST_LENGTH = 10
"""Items in either list."""

_CURRENT = "bundle_root"


def stamp(root: Path) -> str:
    """Return the hash of the manifest, which holds the hash of every other file: a bundle built again differs."""
    manifest = root / MANIFEST
    return hashlib.sha256(manifest.read_bytes()).hexdigest() if manifest.is_file() else ""


def make_current(root: Path) -> None:
    """Let the pages of this session show the bundle in `root`."""
    st.session_state[_CURRENT] = root


def current_bundle() -> Bundle:
    """Return the bundle that the pages show.

    Raises:
        BundleError: it is missing, damaged, or of another version.
    """
    root = _current_root()
    return _bundle(root, stamp(root))


def current_engine() -> Engine:
    """Return the language model of the current bundle, loaded by whoever asks first."""
    root = _current_root()
    return _engine(root, stamp(root))


def _current_root() -> Path:
    if _CURRENT not in st.session_state:
        # Streamlit runs the scripts of a folder called `pages` by themselves, without app.py, until st.navigation has
        # been called once in the process: so does the first visit of a server if it follows a link to a page.
        st.navigation([st.Page(_nothing)])
        st.rerun()
    root: Path = st.session_state[_CURRENT]
    return root


def _nothing() -> None:
    """Stand in for a page that is never shown."""


def target_list(bundle: Bundle, history: tuple[int, ...]) -> list[tuple[int, float]]:
    """Return the target's best unseen items with their scores."""
    return _target_list(bundle, stamp(bundle.root), history, LIST_LENGTH)


def surrogate_list(
    bundle: Bundle, engine: Engine, history: tuple[int, ...], mode: AlignmentMode
) -> list[tuple[int, float]]:
    """Return the language model's most probable unseen items with their log-probabilities.

    Raises:
        BusyError: others are being answered.
    """
    return _surrogate_list(engine, stamp(bundle.root), history, str(mode), LIST_LENGTH)


@st.cache_resource(max_entries=4, show_spinner="Opening the bundle and checking its files…")
def _bundle(root: Path, manifest_hash: str) -> Bundle:
    from recexplainer_core.bundle import Bundle

    return Bundle.open(root)


@st.cache_resource(max_entries=2, show_spinner="Loading the language model…")
def _engine(root: Path, manifest_hash: str) -> Engine:
    from recexplainer_core.surrogate.engine import Engine

    bundle = _bundle(root, manifest_hash)
    return Engine(bundle.load_surrogate(), bundle.catalogue, bundle.recommender)


@st.cache_data(max_entries=2000, show_spinner="Asking the recommender…")
def _target_list(
    _bundle: Bundle, manifest_hash: str, history: tuple[int, ...], k: int
) -> list[tuple[int, float]]:
    from recexplainer_core.recommenders.base import top_items

    (best,) = top_items(_bundle.recommender, [history], k)
    return [(recommendation.item, recommendation.score) for recommendation in best]


@st.cache_data(max_entries=2000, show_spinner="Asking the language model…")
def _surrogate_list(
    _engine: Engine, manifest_hash: str, history: tuple[int, ...], mode: str, k: int
) -> list[tuple[int, float]]:
    (predictions,) = _engine.predict([history], [AlignmentMode(mode)], k=k)
    return [(prediction.item, prediction.log_probability) for prediction in predictions]
