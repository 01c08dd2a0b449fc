"""Projection of vectors to the plane by UMAP, and the coordinates there of vectors it was not fitted to."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor

from recexplainer_core.embedding_map.neighbours import NEIGHBOURS, Floats, unit
from recexplainer_core.embedding_map.parameters import MapParameters
from recexplainer_core.errors import ModelError

if TYPE_CHECKING:
    from umap import UMAP

FEWEST_ITEMS = 5
"""With fewer no map is made."""
FEW_ITEMS = 12
"""With fewer the arrangement starts at random: there are not enough items for a spectral one."""
MOST_CHECKED = 3000
"""Items on which trustworthiness is measured, at most: its cost grows with their square."""


def project(vectors: Tensor, parameters: MapParameters) -> tuple[Floats, UMAP]:
    """Fit UMAP to vectors [n, d] and return their places [n, 2] with the fitted model.

    Raises:
        ModelError: fewer than five vectors.
    """
    if len(vectors) < FEWEST_ITEMS:
        raise ModelError(f"A map needs at least {FEWEST_ITEMS} items, here are {len(vectors)}.")
    # Imported here: numba compiles for many seconds, and only what makes a map should wait for it.
    from umap import UMAP

    fitted = UMAP(
        n_neighbors=min(parameters.neighbours, len(vectors) - 1),
        min_dist=parameters.min_distance,
        metric=str(parameters.metric),
        random_state=parameters.seed,
        init="spectral" if len(vectors) >= FEW_ITEMS else "random",
        n_jobs=1,
    )
    return _plain(fitted.fit_transform, vectors), fitted


def place(fitted: UMAP, vectors: Tensor) -> Floats:
    """Return places [m, 2] of vectors that the model was not fitted to."""
    return _plain(fitted.transform, vectors) if len(vectors) else np.empty((0, 2), dtype=np.float32)


def place_among(item_coordinates: Floats, item_vectors: Tensor, vectors: Tensor) -> Floats:
    """Place vectors without the fitted model: at the median, along either axis, of their ten nearest items.

    A mean would lie between two islands where the nearest items are on both; the median lies on one.

    Args:
        item_coordinates: [n, 2].
        item_vectors: [n, d].
        vectors: [m, d].

    Returns:
        [m, 2].
    """
    similarity = unit(vectors) @ unit(item_vectors).T
    near = similarity.topk(min(NEIGHBOURS, len(item_vectors))).indices.numpy()
    places: Floats = np.median(item_coordinates[near], axis=1).astype(np.float32)
    return places


def placement_error(places: Floats, estimated: Floats, item_coordinates: Floats) -> dict[str, float]:
    """Return how far estimated places [m, 2] are off, as shares of the map's diagonal: median and 90th percentile."""
    diagonal = float(np.linalg.norm(np.ptp(item_coordinates, axis=0))) or 1.0
    distances = np.linalg.norm(places - estimated, axis=1) / diagonal
    return {"median": float(np.median(distances)), "p90": float(np.quantile(distances, 0.9))}


def trustworthiness_of(vectors: Tensor, coordinates: Floats, parameters: MapParameters) -> float:
    """Return how far neighbours in the plane are neighbours in truth, 0 to 1 (Venna and Kaski 2001), k = 10.

    Measured on a sample of at most 3,000 items.
    """
    from sklearn.manifold import trustworthiness

    n = len(vectors)
    chosen = np.sort(np.random.default_rng(parameters.seed).permutation(n)[:MOST_CHECKED])
    # The measure is defined for fewer neighbours than half of the items.
    k = min(NEIGHBOURS, (len(chosen) - 1) // 2)
    measured = trustworthiness(
        vectors[torch.from_numpy(chosen)].double().numpy(),
        coordinates[chosen],
        n_neighbors=k,
        metric=str(parameters.metric),
    )
    return float(measured)


def _plain(fit: Any, vectors: Tensor) -> Floats:
    # numba opens its own OpenMP pool and so raises the number of threads that torch computes with from then on:
    # sums would be added in another order, and one seed would no longer make one model.
    threads = torch.get_num_threads()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # small data: fewer neighbours than asked for, graph in several parts
            return np.asarray(fit(vectors.float().numpy()), dtype=np.float32)
    finally:
        torch.set_num_threads(threads)
