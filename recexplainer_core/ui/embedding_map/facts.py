"""What the embedding map page knows of items and users beside their places; cached, for it never changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import streamlit as st

from recexplainer_core.evaluation.report import Report
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.ui.shared.bundle_cache import stamp

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.embedding_map.artefact import EmbeddingMap

Floats = npt.NDArray[np.float32]


def map_of(bundle: Bundle, name: str) -> EmbeddingMap:
    """Return a map of the bundle.

    Raises:
        BundleError: it is damaged or does not fit.
    """
    return _map(bundle, stamp(bundle.root), name)


def popularity_of(bundle: Bundle) -> npt.NDArray[np.integer]:
    """Return in how many places of all histories each item stands [n_items]."""
    return _popularity(bundle, stamp(bundle.root))


def agreement_of(bundle: Bundle, mode: AlignmentMode) -> tuple[Floats, npt.NDArray[np.integer]] | None:
    """Return for each item how often the LLM names it first too where the target does, and how often that is.

    Over the held-out users in the report: of those to whom the target recommends the item first, the share for whom the
    LLM's list begins with it as well [n_items], NaN where there are none; and their number [n_items]. None when the
    report does not say it user by user, or not for this mode.
    """
    if mode not in (bundle.report or Report()).agreement.modes:
        return None
    return _agreement(bundle, stamp(bundle.root), str(mode))


def place_of(bundle: Bundle, made: EmbeddingMap, user: int) -> tuple[Floats, bool]:
    """Return where a user lies on the target's map [2], and whether UMAP itself has placed them."""
    from recexplainer_core.embedding_map.parameters import TARGET
    from recexplainer_core.embedding_map.projection import place_among

    row = int(np.searchsorted(made.users, user))
    if row < len(made.users) and made.users[row] == user:
        return made.user_coordinates[row], True
    recommender = bundle.recommender
    vector = recommender.user_vectors([bundle.histories[user].tolist()])
    coordinates = made.layouts[TARGET].coordinates
    return place_among(coordinates, recommender.item_vectors, vector)[0], False


@st.cache_resource(max_entries=6, show_spinner="Reading the map…")
def _map(_bundle: Bundle, manifest_hash: str, name: str) -> EmbeddingMap:
    from recexplainer_core.bundle.maps import load_map

    return load_map(_bundle.root, name, len(_bundle.catalogue), len(_bundle.histories))


@st.cache_data(max_entries=4, show_spinner=False)
def _popularity(_bundle: Bundle, manifest_hash: str) -> npt.NDArray[np.integer]:
    return np.bincount(_bundle.histories.items, minlength=len(_bundle.catalogue))


@st.cache_data(max_entries=8, show_spinner="Asking the recommender for first choices…")
def _agreement(_bundle: Bundle, manifest_hash: str, mode: str) -> tuple[Floats, npt.NDArray[np.integer]]:
    from recexplainer_core.recommenders.base import top_items

    assert _bundle.report is not None
    known = _bundle.report.agreement
    histories = [_bundle.histories[_bundle.histories.find(user)].tolist() for user in known.user]
    best = top_items(_bundle.recommender, histories, 1)
    first = np.array([row[0].item if row else -1 for row in best])
    same = np.array(known.modes[mode].same_first, dtype=bool)
    n_items = len(_bundle.catalogue)
    times = np.bincount(first[first >= 0], minlength=n_items)
    agreed = np.bincount(first[(first >= 0) & same], minlength=n_items)
    with np.errstate(invalid="ignore", divide="ignore"):
        return (agreed / times).astype(np.float32), times
