"""What is loaded once and shared by every visitor: the bundle, its language model, and what they have answered.

Torch and transformers are imported inside the functions that need them, so that something is on screen before
they are.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import streamlit as st

from recexplainer_core.fingerprints import path_fingerprint
from recexplainer_core.histories import History
from recexplainer_core.ui.shared.bundle_choice import MANIFEST
from recexplainer_core.ui.shared.navigation import run_within_the_app

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.rationale.explainer import Explainer

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

_HANDED_OVER = "bundle_root"


def hand_over(root: Path) -> None:
    """Tell the page that is about to run which bundle it shows."""
    st.session_state[_HANDED_OVER] = root


def current_bundle() -> Bundle:
    """Return the bundle that app.py has handed to this page in this run.

    Raises:
        BundleError: it is missing, damaged, or of another version.
    """
    run_within_the_app()
    root: Path = st.session_state.pop(_HANDED_OVER)
    return _bundle(root, path_fingerprint(root / MANIFEST))


def explainer_of(bundle: Bundle) -> Explainer:
    """Return who predicts and explains in a bundle, with the language model loaded by whoever asks first."""
    return _explainer(bundle.root, bundle.manifest_hash)


def cached(
    max_entries: int, message: str | bool = False, cache: Any = st.cache_data
) -> Callable[[Callable[Concatenate[Bundle, Asked], Answer]], Callable[Concatenate[Bundle, Asked], Answer]]:
    """Cache what a function answers about a bundle, for every visitor; another build of it is asked anew.

    Args:
        max_entries: answers that are kept.
        message: shown while it is computed, unless inside another cached function; nothing if False.
        cache: `st.cache_data` hands out copies, `st.cache_resource` the answer itself.
    """

    def decorate(
        function: Callable[Concatenate[Bundle, Asked], Answer],
    ) -> Callable[Concatenate[Bundle, Asked], Answer]:
        def keyed(_bundle: Bundle, manifest_hash: str, asked: Any, named: Any) -> Answer:
            return function(_bundle, *asked, **named)

        # Streamlit tells the functions that it caches apart by these names.
        keyed.__module__, keyed.__qualname__ = function.__module__, function.__qualname__
        kept = cache(keyed, max_entries=max_entries, show_spinner=message, hash_funcs={History: _plain})

        @wraps(function)
        def answer(bundle: Bundle, *asked: Asked.args, **named: Asked.kwargs) -> Answer:
            found: Answer = kept(bundle, bundle.manifest_hash, asked, named)
            return found

        return answer

    return decorate


def _plain(history: History) -> tuple[object, ...]:
    return history.items, history.recent, sorted(history.seen)


@st.cache_resource(max_entries=4, show_spinner="Opening the bundle and checking its files…")
def _bundle(root: Path, manifest_hash: str | None) -> Bundle:
    from recexplainer_core.bundle import Bundle

    return Bundle.open(root)


@st.cache_resource(max_entries=2, show_spinner="Loading the language model, fetched first if need be…")
def _explainer(root: Path, manifest_hash: str) -> Explainer:
    from recexplainer_core.rationale.explainer import Explainer
    from recexplainer_core.rationale.reasons import TEMPLATE
    from recexplainer_core.surrogate.engine import Engine

    bundle = _bundle(root, manifest_hash)
    engine = Engine(bundle.load_surrogate(), bundle.catalogue, bundle.recommender)
    return Explainer(engine, TEMPLATE)
