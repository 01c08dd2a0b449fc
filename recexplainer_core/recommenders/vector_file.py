"""Vectors of a recommender that was trained elsewhere, read from one file; nothing in it is ever executed."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
from safetensors import SafetensorError, safe_open

from recexplainer_core.errors import ModelError

Similarity = Literal["dot", "cosine", "l2"]
"""How a user's vector and an item's make a score."""
_NEEDS = (
    "Give an .npz file with the arrays item_ids and item_vectors, and where there are such user_ids, user_vectors, "
    "item_biases and similarity (dot, cosine or l2); a .safetensors file with the same tensors and the ids as JSON "
    "lists in its metadata; or a .parquet file with the columns item_id, vector and perhaps bias."
)


@dataclass(frozen=True, eq=False)
class VectorFile:
    """What such a file holds.

    Args:
        item_ids: n, as the recommender knows its items.
        items: [n, d].
        biases: [n], added to every score.
        user_ids: m; none where no users are given.
        users: [m, d].
        similarity: of a user's vector and an item's.
    """

    item_ids: tuple[str, ...]
    items: npt.NDArray[np.float32]
    biases: npt.NDArray[np.float32]
    user_ids: tuple[str, ...]
    users: npt.NDArray[np.float32]
    similarity: Similarity


def read_vectors(path: Path) -> VectorFile:
    """Read and check a file of vectors.

    Raises:
        ModelError: it cannot be read, a part is missing, or its parts do not fit together.
    """
    readers = {".npz": _from_npz, ".safetensors": _from_safetensors, ".parquet": _from_parquet}
    if path.suffix not in readers or not path.is_file():
        missing = (
            "there is no such file"
            if not path.is_file()
            else f"{path.suffix or 'no suffix'} is no known form"
        )
        raise ModelError(f"{path}: {missing}. {_NEEDS}")
    try:
        parts = readers[path.suffix](path)
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        pa.ArrowException,
        SafetensorError,
        zipfile.BadZipFile,
    ) as fault:
        raise ModelError(f"{path}: cannot be read ({fault}). {_NEEDS}") from fault
    for name in ("item_ids", "item_vectors"):
        if name not in parts:
            raise ModelError(f"{path}: has no {name}. {_NEEDS}")
    ids = _ids(path, "item_ids", parts["item_ids"])
    items = _matrix(path, "item_vectors", parts["item_vectors"], len(ids))
    biases = np.asarray(parts.get("item_biases", np.zeros(len(ids))), dtype=np.float32).reshape(-1)
    if len(biases) != len(ids) or not np.isfinite(biases).all():
        raise ModelError(f"{path}: item_biases are not {len(ids)} finite numbers, one for each item.")
    user_ids = _ids(path, "user_ids", parts.get("user_ids", ()))
    users = _matrix(
        path, "user_vectors", parts.get("user_vectors", np.zeros((0, items.shape[1]))), len(user_ids)
    )
    if users.shape[1] != items.shape[1]:
        raise ModelError(
            f"{path}: user_vectors have {users.shape[1]} components and item_vectors {items.shape[1]}. They have to "
            "be of one space."
        )
    similarity = str(parts.get("similarity", "dot"))
    for known in get_args(Similarity):
        if similarity == known:
            return VectorFile(ids, items, biases, user_ids, users, known)
    raise ModelError(f"{path}: similarity is {similarity!r}, not one of {', '.join(get_args(Similarity))}.")


def _from_npz(path: Path) -> Mapping[str, Any]:
    with np.load(path, allow_pickle=False) as file:
        return {name: file[name] for name in file.files}


def _from_safetensors(path: Path) -> Mapping[str, Any]:
    with safe_open(path, framework="np") as file:
        parts: dict[str, Any] = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        written = dict(file.metadata() or {})
    lists = {name: json.loads(written[name]) for name in ("item_ids", "user_ids") if name in written}
    return parts | lists | {name: written[name] for name in ("similarity",) if name in written}


def _from_parquet(path: Path) -> Mapping[str, Any]:
    table = pq.read_table(path)
    parts: dict[str, Any] = {
        "item_ids": table.column("item_id").to_pylist(),
        "item_vectors": np.stack(
            [np.asarray(row, dtype=np.float32) for row in table.column("vector").to_pylist()]
        ),
    }
    if "bias" in table.column_names:
        parts["item_biases"] = table.column("bias").to_numpy()
    return parts


def _ids(path: Path, name: str, given: Any) -> tuple[str, ...]:
    ids = tuple(map(str, np.asarray(given).reshape(-1).tolist()))
    if len(set(ids)) != len(ids):
        twice = next(one for one in ids if ids.count(one) > 1)
        raise ModelError(f"{path}: {name} holds {twice!r} more than once. Give each its own row.")
    return ids


def _matrix(path: Path, name: str, given: Any, rows: int) -> npt.NDArray[np.float32]:
    matrix = np.asarray(given, dtype=np.float32)
    if matrix.ndim != 2 or len(matrix) != rows or not matrix.shape[1]:
        raise ModelError(
            f"{path}: {name} has the shape {'x'.join(map(str, matrix.shape))}, and there are {rows} ids. Give one row "
            "of numbers for each id, in the same order."
        )
    if not np.isfinite(matrix).all():
        row = int(np.flatnonzero(~np.isfinite(matrix).all(1))[0])
        raise ModelError(f"{path}: {name} holds a number that is not finite, in row {row}. Export it again.")
    return matrix
