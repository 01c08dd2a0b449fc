"""An adapter's weights as a file: in half precision, and of a large matrix only the rows that are not zero."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from recexplainer_core.errors import ModelError

ADAPTER_FILE = "adapter_model.safetensors"
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
    path = folder / ADAPTER_FILE
    if not path.is_file():
        raise ModelError(f"{folder} holds no {ADAPTER_FILE}. Build the mode {folder.name} again.")
    try:
        with safe_open(path, "pt") as file:
            n_rows = json.loads((file.metadata() or {}).get("n_rows", "{}"))
            found = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except SafetensorError as fault:
        raise ModelError(f"{path} is damaged ({fault}). Build the mode {folder.name} again.") from fault
    for name, n in n_rows.items():
        whole = torch.zeros(n, *found[name].shape[1:], dtype=found[name].dtype)
        whole[found.pop(name + _ROWS).long()] = found[name]
        found[name] = whole
    return found
