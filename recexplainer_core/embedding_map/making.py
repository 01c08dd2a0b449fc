"""Making a map: every space is projected and measured, and users are placed among the target's items."""

from __future__ import annotations

from importlib import metadata

import numpy as np
import numpy.typing as npt

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.embedding_map.artefact import EmbeddingMap, Layout
from recexplainer_core.embedding_map.clusters import cluster, label_clusters
from recexplainer_core.embedding_map.neighbours import nearest, neighbourhood_overlap
from recexplainer_core.embedding_map.parameters import TARGET, MapParameters
from recexplainer_core.embedding_map.projection import (
    MOST_CHECKED,
    place,
    place_among,
    placement_error,
    project,
    trustworthiness_of,
)
from recexplainer_core.embedding_map.spaces import item_spaces
from recexplainer_core.histories import Histories, IntArray
from recexplainer_core.lm.model import AlignedLM
from recexplainer_core.progress import Progress
from recexplainer_core.recommenders.base import Recommender

LIBRARIES = ("umap-learn", "scikit-learn", "numpy")


def make_map(
    parameters: MapParameters,
    catalogue: Catalogue,
    histories: Histories,
    held_out: npt.NDArray[np.bool_],
    recommender: Recommender,
    lm: AlignedLM,
    progress: Progress,
) -> EmbeddingMap:
    """Project the items as the target and as the language model see them, and place users among them.

    Args:
        parameters: of the projections.
        catalogue: the items.
        histories: everybody's histories.
        held_out: [n_users], who is placed first.
        recommender: the target.
        lm: the aligned language model.
        progress: called with what is done.

    Raises:
        ModelError: too few items.
    """
    spaces = item_spaces(recommender, lm, catalogue, progress)
    users = users_to_place(held_out, parameters)
    layouts: dict[str, Layout] = {}
    for number, space in enumerate(spaces):
        progress(number, len(spaces), f"projecting: {space.key}")
        coordinates, fitted = project(space.vectors, parameters)
        near, similarities = nearest(space.vectors)
        layouts[space.key] = Layout(
            space.mode,
            coordinates,
            near,
            similarities,
            trustworthiness_of(space.vectors, coordinates, parameters),
            None if space.key == TARGET else neighbourhood_overlap(layouts[TARGET].neighbours, near),
        )
        if space.key == TARGET:
            vectors = recommender.user_vectors([histories[int(user)].tolist() for user in users])
            places = place(fitted, vectors)
            estimated = place_among(coordinates, space.vectors, vectors) if len(users) else places
    codes = cluster(spaces[0].vectors, parameters.seed)
    progress(len(spaces), len(spaces), "placed")
    return EmbeddingMap(
        parameters=parameters,
        layouts=layouts,
        clusters=codes,
        cluster_labels=tuple(label_clusters(catalogue, codes)),
        users=users.astype(np.int32),
        user_coordinates=places,
        placement=placement_error(places, estimated, layouts[TARGET].coordinates) if len(users) else None,
        checked=min(len(catalogue), MOST_CHECKED),
        libraries={name: metadata.version(name) for name in LIBRARIES},
    )


def users_to_place(held_out: npt.NDArray[np.bool_], parameters: MapParameters) -> IntArray:
    """Return who is placed, in rising order: held-out users first, then as many others as there is room for."""
    rng = np.random.default_rng(parameters.seed)
    order = [*rng.permutation(np.flatnonzero(held_out)), *rng.permutation(np.flatnonzero(~held_out))]
    return np.sort(np.array(order[: parameters.users], dtype=np.int64))
