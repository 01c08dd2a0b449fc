"""What the embedding map page knows of items and users beside their places; cached, for it never changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import streamlit as st

from recexplainer_core.evaluation.report import Report
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.ui.shared.bundle_cache import cached

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.embedding_map.artefact import EmbeddingMap

Floats = npt.NDArray[np.float32]


@cached(6, "Reading the map…", st.cache_resource)
def map_of(bundle: Bundle, name: str) -> EmbeddingMap:
    """Return a map of the bundle.

    Raises:
        BundleError: it is damaged or does not fit.
    """
    from recexplainer_core.bundle.maps import load_map

    return load_map(bundle.root, name, len(bundle.catalogue), len(bundle.histories))


@cached(4)
def popularity_of(bundle: Bundle) -> npt.NDArray[np.integer]:
    """Return in how many places of all histories each item stands [n_items]."""
    return np.bincount(bundle.histories.items, minlength=len(bundle.catalogue))


def agreement_of(bundle: Bundle, mode: AlignmentMode) -> tuple[Floats, npt.NDArray[np.integer]] | None:
    """Return for each item how often the LLM names it first too where the target does, and how often that is.

    Over the held-out users in the report: of those to whom the target recommends the item first, the share for whom the
    LLM's list begins with it as well [n_items], NaN where there are none; and their number [n_items]. None when the
    report does not say it user by user, or not for this mode.
    """
    known = (bundle.report or Report()).agreement
    return _agreement(bundle, mode) if mode in known.modes else None


def place_of(bundle: Bundle, made: EmbeddingMap, user: int) -> tuple[Floats, bool]:
    """Return where a user lies on the target's map [2], and whether UMAP itself has placed them."""
    from recexplainer_core.embedding_map.parameters import TARGET
    from recexplainer_core.embedding_map.projection import place_among

    row = int(np.searchsorted(made.users, user))
    if row < len(made.users) and made.users[row] == user:
        return made.user_coordinates[row], True
    recommender = bundle.recommender
    vector = recommender.user_vectors([bundle.history(user).recent])
    coordinates = made.layouts[TARGET].coordinates
    return place_among(coordinates, recommender.item_vectors, vector)[0], False


@cached(8, "Asking the recommender for first choices…")
def _agreement(bundle: Bundle, mode: AlignmentMode) -> tuple[Floats, npt.NDArray[np.integer]]:
    from recexplainer_core.recommenders.base import top_items

    known = (bundle.report or Report()).agreement
    histories = [bundle.history(bundle.histories.find(user)) for user in known.user]
    best = top_items(
        bundle.recommender, [one.recent for one in histories], 1, [one.seen for one in histories]
    )
    first = np.array([row[0].item if row else -1 for row in best])
    same = np.array(known.modes[mode].same_first, dtype=bool)
    n_items = len(bundle.catalogue)
    times = np.bincount(first[first >= 0], minlength=n_items)
    agreed = np.bincount(first[(first >= 0) & same], minlength=n_items)
    with np.errstate(invalid="ignore", divide="ignore"):
        return (agreed / times).astype(np.float32), times
