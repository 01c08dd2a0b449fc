"""An adapter's weights as a file: in half precision, and of a large matrix only the rows that are not zero."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor

from recexplainer_core.errors import DataError, ModelError
from recexplainer_core.files.json_text import parse_json
from recexplainer_core.files.tensors import read_tensors

ADAPTER_FILE = "adapter_model.safetensors"
MOST_ROWS = 10_000_000
"""Rows that a matrix is filled up to; the largest vocabularies have a twentieth of it."""
_ROWS = ".rows"
_SPARSE = 0.5
"""Share of the rows up to which a matrix is written row by row."""


def write_adapter(tensors: Mapping[str, Tensor], folder: Path) -> None:
    """Write named tensors to `folder`."""
    written: dict[str, Tensor] = {}
    n_rows: dict[str, int] = {}
    for name, tensor in tensors.items():
        half = tensor.detach().half().contiguous()
        used = half.flatten(1).any(1) if half.dim() > 1 else torch.ones(1)
        if used.float().mean() <= _SPARSE and used.any():
            n_rows[name] = len(half)
            written[name + _ROWS] = used.nonzero()[:, 0].to(torch.int32)
            half = half[used].contiguous()
        written[name] = half
    # Several entries would be written in another order each time, and the same adapter would be another file.
    save_file(written, folder / ADAPTER_FILE, metadata={"n_rows": json.dumps(n_rows)})


def read_adapter(folder: Path) -> dict[str, Tensor]:
    """Return the tensors that were written to `folder`.

    Raises:
        ModelError: there is no such file, or it is damaged.
    """
    path, remedy = folder / ADAPTER_FILE, f"Build the mode {folder.name} again."
    if not path.is_file():
        raise ModelError(f"{folder} holds no {ADAPTER_FILE}. {remedy}")
    found, metadata = read_tensors(path, remedy)
    for name, n in _row_counts(path, metadata, remedy).items():
        rows, kept = found.pop(name + _ROWS, None), found.get(name)
        if (
            rows is None
            or kept is None
            or kept.dim() < 1
            or rows.shape != kept.shape[:1]
            or not _fit(rows, n)
        ):
            raise ModelError(f"{path} is damaged: the rows of {name} are not those of the matrix. {remedy}")
        whole = torch.zeros(n, *kept.shape[1:], dtype=kept.dtype)
        whole[rows.long()] = kept
        found[name] = whole
    return found


def _row_counts(path: Path, metadata: Mapping[str, str], remedy: str) -> dict[str, int]:
    try:
        counts = parse_json(metadata.get("n_rows", "{}"), path, remedy)
    except DataError as fault:
        raise ModelError(str(fault)) from fault
    if not isinstance(counts, dict) or not all(
        type(n) is int and 0 < n <= MOST_ROWS for n in counts.values()
    ):
        raise ModelError(f"{path} is damaged: it does not say how many rows its matrices have. {remedy}")
    return counts


def _fit(rows: Tensor, n: int) -> bool:
    integers = not rows.is_floating_point() and rows.dtype is not torch.bool
    return integers and (not rows.numel() or bool(((rows >= 0) & (rows < n)).all()))
