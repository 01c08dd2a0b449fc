"""Whether the parts of a bundle fit together, told from what their files say before a model is built of them.

Hashes show that a file is the one that was written; these checks show that those written belong together.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from recexplainer_core.bundle.files import read_json
from recexplainer_core.bundle.manifest import fitted
from recexplainer_core.errors import BundleError
from recexplainer_core.evaluation.report import Report
from recexplainer_core.files.tables import read_table
from recexplainer_core.files.tensors import tensor_metadata
from recexplainer_core.histories import Histories
from recexplainer_core.lm.adapter_file import ADAPTER_FILE
from recexplainer_core.lm.connector import connector_sizes
from recexplainer_core.lm.llm_files import check_llm_files
from recexplainer_core.modes import ALIGNED, AlignmentMode

REMEDY = "Build the bundle again."
REPORT = "report.json"
CALENDAR = (-62_135_596_800, 253_402_300_799)
"""Seconds since 1970 from the year 1 to the year 9999."""


def read_held_out(path: Path, histories: Histories) -> npt.NDArray[np.bool_]:
    """Return the column held_out [n_users] of users.parquet, once its users are those of the histories.

    Raises:
        DataError: there is no such table.
        BundleError: it is not one of these users, or does not say of everybody whether they are held out.
    """
    table = read_table(path, ["user_id", "held_out"], REMEDY)
    kinds = (table.schema.field("user_id").type, table.schema.field("held_out").type)
    if kinds != (pa.string(), pa.bool_()) or table["held_out"].null_count:
        raise BundleError(f"{path} has users and held_out as {kinds[0]} and {kinds[1]}. {REMEDY}")
    held_out: npt.NDArray[np.bool_] = table["held_out"].to_numpy()
    if table.num_rows != len(histories):
        raise BundleError(f"{path} has {table.num_rows} users, the histories {len(histories)}. {REMEDY}")
    if table["user_id"].to_pylist() != list(histories.user_ids):
        raise BundleError(f"{path} and the histories name different users. {REMEDY}")
    return held_out


def check_histories(folder: Path, histories: Histories, n_items: int) -> None:
    """Check that items are of the catalogue, reasons of those that are named, and times of the calendar.

    Raises:
        BundleError: one is not.
    """
    for what, numbers, low, high in (
        ("items", histories.items, 0, n_items - 1),
        ("causes", histories.causes, -1, len(histories.cause_names) - 1),
        ("times", histories.times, *CALENDAR),
    ):
        if numbers is None or not len(numbers):
            continue
        lowest, highest = int(numbers.min()), int(numbers.max())
        if lowest < low or highest > high:
            bounds = f"the catalogue from {low} to {high}" if what == "items" else f"expected {low} to {high}"
            raise BundleError(f"{folder}: {what} reach from {lowest} to {highest}, {bounds}. {REMEDY}")


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


def embedding_size(folder: Path) -> int | None:
    """Return the width of a language model's embeddings, None where its configuration does not say.

    Raises:
        ModelError: a file of the model is damaged, or leads elsewhere.
    """
    check_llm_files(folder)
    size = read_json(folder / "config.json").get("hidden_size")
    if size is not None and not (type(size) is int and size > 0):
        raise BundleError(f"{folder / 'config.json'} says hidden_size is {size!r}. {REMEDY}")
    return size


def check_adapter(folder: Path, mode: AlignmentMode, vector_size: int, width: int | None) -> None:
    """Check that an adapter is whole and that its connector leads from the target's vectors to the LLM.

    Args:
        folder: holds the adapter.
        mode: decides whether a connector is needed.
        vector_size: width of the recommender's vectors.
        width: of the language model's embeddings, None when the model lies on the hub.
    """
    kind = read_json(folder / "adapter_config.json").get("peft_type")
    if kind != "LORA":
        raise BundleError(f"{folder} holds an adapter of type {kind!r}, expected 'LORA'. {REMEDY}")
    if not (folder / ADAPTER_FILE).is_file():
        raise BundleError(f"{folder} holds no {ADAPTER_FILE}. {REMEDY}")
    if not mode.shows_vectors:
        return
    connector = folder / "connector.safetensors"
    taken, given = connector_sizes(connector, tensor_metadata(connector, REMEDY))
    if taken != vector_size:
        raise BundleError(
            f"{connector} takes vectors of width {taken}, the recommender's have {vector_size}. {REMEDY}"
        )
    if width is not None and given != width:
        raise BundleError(
            f"{connector} gives embeddings of width {given}, the language model's have {width}. {REMEDY}"
        )
