"""What is loaded once and shared by every visitor: the bundle, the language model, and their answers.

Torch and transformers are imported inside the functions that need them, so that something is on screen before
they are.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.modes import AlignmentMode
from recexplainer_core.ui.shared.bundle_choice import MANIFEST
from recexplainer_core.ui.shared.navigation import app_pages

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.surrogate.engine import Engine

LIST_LENGTH = 10
"""Items in either list."""

_HANDED_OVER = "bundle_root"


def stamp(root: Path) -> str:
    """Return the hash of the manifest, which holds that of every other file: a bundle built again differs."""
    manifest = root / MANIFEST
    return hashlib.sha256(manifest.read_bytes()).hexdigest() if manifest.is_file() else ""


def hand_over(root: Path) -> None:
    """Tell the page that is about to run which bundle it shows."""
    st.session_state[_HANDED_OVER] = root


def current_bundle() -> Bundle:
    """Return the bundle that app.py has handed to this page in this run.

    Raises:
        BundleError: it is missing, damaged, or of another version.
    """
    root: Path | None = st.session_state.pop(_HANDED_OVER, None)
    if root is None:
        # Streamlit runs the scripts of a folder called `pages` by themselves, without app.py, until
        # st.navigation has been called once: so it starts when the first visitor follows a link to a page.
        st.navigation(app_pages())
        st.rerun()
    return _bundle(root, stamp(root))


def engine_of(bundle: Bundle) -> Engine:
    """Return the language model of a bundle, loaded by whoever asks first."""
    return _engine(bundle.root, stamp(bundle.root))


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


def edited_list(
    bundle: Bundle, engine: Engine, edited: tuple[int, ...], seen: tuple[int, ...], mode: AlignmentMode
) -> list[int]:
    """Return the language model's most probable items for an edited history, none of them seen.

    Raises:
        BusyError: others are being answered.
    """
    return _edited_list(engine, stamp(bundle.root), edited, seen, str(mode), LIST_LENGTH)


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


@st.cache_data(max_entries=500, show_spinner="Asking the language model…")
def _edited_list(
    _engine: Engine, manifest_hash: str, edited: tuple[int, ...], seen: tuple[int, ...], mode: str, k: int
) -> list[int]:
    (predictions,) = _engine.predict([edited], [AlignmentMode(mode)], k=k, seen=[seen])
    return [prediction.item for prediction in predictions]
