"""Whether the parts of a bundle fit together, told from what their files say before a model is built of them.

Hashes show that a file is the one that was written; these checks show that those written belong together.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
from safetensors import SafetensorError, safe_open

from recexplainer_core.bundle.files import read_json
from recexplainer_core.bundle.manifest import fitted
from recexplainer_core.errors import BundleError
from recexplainer_core.evaluation.report import Report
from recexplainer_core.histories import Histories
from recexplainer_core.lm.adapter_file import ADAPTER_FILE
from recexplainer_core.modes import ALIGNED, AlignmentMode

REMEDY = "Build the bundle again."
REPORT = "report.json"


def read_held_out(path: Path, histories: Histories) -> npt.NDArray[np.bool_]:
    """Return the column held_out [n_users] of users.parquet, once its users are those of the histories."""
    try:
        table = pq.read_table(path, columns=["user_id", "held_out"])
        held_out: npt.NDArray[np.bool_] = table["held_out"].to_numpy().astype(bool)
    except (OSError, pa.ArrowException, KeyError, ValueError) as fault:
        raise BundleError(f"{path} cannot be read ({fault}). {REMEDY}") from fault
    if table.num_rows != len(histories):
        raise BundleError(f"{path} has {table.num_rows} users, the histories {len(histories)}. {REMEDY}")
    if table["user_id"].to_pylist() != list(histories.user_ids):
        raise BundleError(f"{path} and the histories name different users. {REMEDY}")
    return held_out


def check_histories(folder: Path, histories: Histories, n_items: int) -> None:
    """Check that offsets rise and that every item is one of the catalogue."""
    if histories.offsets[0] != 0 or (histories.lengths < 0).any():
        raise BundleError(f"{folder}: the offsets do not rise from 0. {REMEDY}")
    if not len(histories.items):
        return
    lowest, highest = int(histories.items.min()), int(histories.items.max())
    if lowest < 0 or highest >= n_items:
        raise BundleError(
            f"{folder}: items reach from {lowest} to {highest}, the catalogue from 0 to {n_items - 1}. "
            f"{REMEDY}"
        )


def check_item_count(folder: Path, known: int, n_items: int) -> None:
    """Check that the recommender knows as many items as the catalogue has."""
    if known != n_items:
        raise BundleError(
            f"The recommender in {folder} knows {known} items, the catalogue has {n_items}. {REMEDY}"
        )


def read_report(path: Path) -> Report | None:
    """Return the measured figures, None where there is no such file.

    Raises:
        BundleError: it holds something else than a report.
    """
    return fitted(Report, read_json(path), path) if path.exists() else None


def complete_modes(root: Path) -> tuple[AlignmentMode, ...]:
    """Return the modes that have a folder of their own under `adapters`.

    Raises:
        BundleError: a folder is no mode's.
    """
    folders = {path.name for path in (root / "adapters").glob("*") if not path.name.startswith(".")}
    if unknown := sorted(folders - set(ALIGNED)):
        raise BundleError(f"{root / 'adapters' / unknown[0]} is no alignment mode's. {REMEDY}")
    return tuple(mode for mode in ALIGNED if mode in folders)


def check_adapter(folder: Path, mode: AlignmentMode, vector_size: int, embedding_size: int | None) -> None:
    """Check that an adapter is whole and that its connector leads from the target's vectors to the LLM.

    Args:
        folder: holds the adapter.
        mode: decides whether a connector is needed.
        vector_size: width of the recommender's vectors.
        embedding_size: width of the language model's embeddings, None when the model lies on the hub.
    """
    kind = read_json(folder / "adapter_config.json").get("peft_type")
    if kind != "LORA":
        raise BundleError(f"{folder} holds an adapter of type {kind!r}, expected 'LORA'. {REMEDY}")
    if not (folder / ADAPTER_FILE).is_file():
        raise BundleError(f"{folder} holds no {ADAPTER_FILE}. {REMEDY}")
    if not mode.shows_vectors:
        return
    connector = folder / "connector.safetensors"
    taken, given = _connector_sizes(connector)
    if taken != vector_size:
        raise BundleError(
            f"{connector} takes vectors of width {taken}, the recommender's have {vector_size}. {REMEDY}"
        )
    if embedding_size is not None and given != embedding_size:
        raise BundleError(
            f"{connector} gives embeddings of width {given}, the language model's have "
            f"{embedding_size}. {REMEDY}"
        )


def _connector_sizes(path: Path) -> tuple[int, int]:
    try:
        with safe_open(path, framework="np") as file:
            sizes = json.loads((file.metadata() or {})["sizes"])
        return int(sizes["vector_size"]), int(sizes["embedding_size"])
    except (OSError, KeyError, TypeError, ValueError, SafetensorError) as fault:
        raise BundleError(f"{path} is not a connector ({fault}). {REMEDY}") from fault
