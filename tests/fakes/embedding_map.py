"""A map whose every place is known: the items on a square grid, the LLM's view of it mirrored."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from recexplainer_core.bundle.maps import map_path
from recexplainer_core.catalogue import Catalogue
from recexplainer_core.embedding_map.artefact import EmbeddingMap, Layout
from recexplainer_core.embedding_map.neighbours import NEIGHBOURS
from recexplainer_core.embedding_map.parameters import CONNECTOR, HIDDEN, TARGET, MapParameters
from recexplainer_core.modes import AlignmentMode

PLACED = 20
"""The first users, each half a step beside the item of the same number."""


def fake_map(n_items: int, seed: int = 0, labels: tuple[str, ...] = ("calm", "loud $x$ <b>")) -> EmbeddingMap:
    places = np.stack(np.divmod(np.arange(n_items), 7), axis=1).astype(np.float32)
    k = min(NEIGHBOURS, n_items - 1)
    after = (np.arange(n_items)[:, None] + np.arange(1, k + 1)) % n_items
    before = (np.arange(n_items)[:, None] - np.arange(1, k + 1)) % n_items
    similarity = np.tile(np.linspace(0.9, 0.5, k, dtype=np.float32), (n_items, 1))

    def layout(mode: AlignmentMode | None, coordinates: np.ndarray, near: np.ndarray, overlap: float | None):  # type: ignore[no-untyped-def]
        return Layout(mode, coordinates, near.astype(np.int32), similarity, 0.91, overlap)

    return EmbeddingMap(
        parameters=MapParameters(seed=seed),
        layouts={
            TARGET: layout(None, places, after, None),
            CONNECTOR: layout(AlignmentMode.HYBRID, places[:, ::-1].copy(), after, 1.0),
            HIDDEN: layout(AlignmentMode.HYBRID, -places, before, 0.25),
        },
        clusters=(np.arange(n_items) % len(labels)).astype(np.int16),
        cluster_labels=labels,
        users=np.arange(PLACED, dtype=np.int32),
        user_coordinates=places[:PLACED] + np.array([0, 0.5], np.float32),
        placement={"median": 0.026, "p90": 0.17},
        checked=n_items,
        libraries={"umap-learn": "0"},
    )


def write_fake_map(root: Path, name: str, catalogue: Catalogue, n_users: int, seed: int) -> None:
    path = map_path(root, name)
    path.parent.mkdir(exist_ok=True)
    fake_map(len(catalogue), seed).save(path)
