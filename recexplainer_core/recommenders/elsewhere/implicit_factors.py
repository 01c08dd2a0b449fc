"""`implicit:FILE.npz`: factors that the library implicit saved.

Alternating least squares is folded in by its own formula, that of `recommend(..., recalculate_user=True)`, and put
right for the trained users, whose vectors are in the file (`folded_factors`). Of Bayesian personalised ranking these
are all that is known (`given_vectors`); the last component is an item's bias, which a user's vector meets with 1.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from recexplainer_core.errors import ModelError
from recexplainer_core.histories import Histories
from recexplainer_core.recommenders.base import Recommender
from recexplainer_core.recommenders.elsewhere.folded_factors import (
    FoldedFactors,
    FoldedFactorsConfig,
    fold_in,
)
from recexplainer_core.recommenders.elsewhere.ids_file import ids_beside, read_ids
from recexplainer_core.recommenders.given_vectors import GivenVectors, GivenVectorsConfig, adopt_vectors
from recexplainer_core.recommenders.item_rows import rows_of_items
from recexplainer_core.recommenders.registry import RecommenderKind
from recexplainer_core.recommenders.vector_file import VectorFile

_NEEDED = "Give the .npz file that model.save(FILE) of implicit wrote."


def import_implicit(
    path: Path, item_ids: Sequence[str], histories: Histories, config: GivenVectorsConfig
) -> Recommender:
    """Make a target of saved factors.

    Args:
        path: the file; the ids of its rows lie beside it (`ids_file`).
        item_ids: of the catalogue.
        histories: of the users.
        config: how many items of a history count, and the seed.

    Raises:
        ModelError: the file or that of the ids cannot be read, or they do not fit together.
    """
    parts = _read(path)
    users, items = (_matrix(path, parts, name) for name in ("user_factors", "item_factors"))
    if users.shape[1] != items.shape[1]:
        raise ModelError(
            f"{path}: user_factors have {users.shape[1]} components and item_factors {items.shape[1]}. {_NEEDED}"
        )
    known_items, known_users = read_ids(path, len(items), len(users))
    if "alpha" in parts and "regularization" in parts and float(parts["alpha"]) >= 1:
        # There, an item chosen counts alpha; here, 1 + alpha. The others count 1.
        settings = FoldedFactorsConfig(
            config.max_history, items.shape[1], float(parts["alpha"]) - 1, float(parts["regularization"]) or 1e-9,
            seed=config.seed,
        )  # fmt: skip
        rows = rows_of_items(path, known_items, item_ids)
        own = dict(zip(known_users, torch.from_numpy(users), strict=True))
        return fold_in(torch.from_numpy(items[rows]), own, histories, settings)
    given = VectorFile(known_items, items, np.zeros(len(items), np.float32), known_users, users, "dot")
    return adopt_vectors(path, given, item_ids, histories, config)


def _read(path: Path) -> Mapping[str, Any]:
    try:
        with np.load(path, allow_pickle=False) as file:
            if not isinstance(file, np.lib.npyio.NpzFile):
                raise ValueError("it is one array")
            return {name: file[name] for name in file.files}
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as fault:
        raise ModelError(f"{path}: cannot be read ({fault}). {_NEEDED}") from fault


def _matrix(path: Path, parts: Mapping[str, Any], name: str) -> npt.NDArray[np.float32]:
    if name not in parts:
        raise ModelError(f"{path}: has no {name}, only {', '.join(parts)}. {_NEEDED}")
    matrix = np.asarray(parts[name], dtype=np.float32)
    if matrix.ndim != 2 or not matrix.size or not np.isfinite(matrix).all():
        raise ModelError(
            f"{path}: {name} of the shape {list(matrix.shape)} is no matrix of finite numbers. {_NEEDED}"
        )
    return matrix


def _untrainable(*ignored: Any) -> GivenVectors:
    raise ModelError("A model of implicit is not trained here: name its file, as in --target implicit:FILE.")


IMPLICIT = RecommenderKind(
    label="a model of implicit",
    config=GivenVectorsConfig(),
    quick=GivenVectorsConfig(),
    train=_untrainable,
    from_files=FoldedFactors.from_files,
    read=import_implicit,
    beside=lambda file: [path for path in [ids_beside(file)] if path.is_file()],
)
