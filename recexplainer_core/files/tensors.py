"""Tensors that come from a safetensors file: which there are, and whether their numbers are numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING

from safetensors import SafetensorError, safe_open

from recexplainer_core.errors import DataError, ModelError
from recexplainer_core.files.plain import AGAIN, require_plain

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True)
class TensorForm:
    """What the header of a file says of a tensor: its type, "F16" for example, and shape."""

    dtype: str
    shape: tuple[int, ...]

    @property
    def numbers(self) -> int:
        """How many numbers it holds."""
        return prod(self.shape)

    @property
    def floating(self) -> bool:
        """Whether these are floating-point numbers."""
        return self.dtype.startswith(("F", "BF"))


def tensor_forms(path: Path, remedy: str = AGAIN) -> dict[str, TensorForm]:
    """Return name -> form of every tensor in a file, from its header alone.

    Raises:
        ModelError: the file is missing or damaged.
    """
    return _header(path, remedy)[0]


def tensor_metadata(path: Path, remedy: str = AGAIN) -> dict[str, str]:
    """Return the words that a file holds beside its tensors.

    Raises:
        ModelError: the file is missing or damaged.
    """
    return _header(path, remedy)[1]


def read_tensors(path: Path, remedy: str = AGAIN) -> tuple[dict[str, torch.Tensor], dict[str, str]]:
    """Return the tensors of a file, and the words beside them.

    Raises:
        ModelError: the file is missing or damaged.
    """
    _require(path, remedy)
    try:
        with safe_open(path, framework="pt") as file:
            return {name: file.get_tensor(name) for name in file.keys()}, dict(file.metadata() or {})  # noqa: SIM118
    except (OSError, ValueError, SafetensorError) as fault:
        raise ModelError(f"{path} is damaged and cannot be read ({fault}). {remedy}") from fault


def check_numbers(tensors: Mapping[str, torch.Tensor], where: Path | str, remedy: str = AGAIN) -> None:
    """Check that every number is finite and that no matrix is zero throughout: nothing learns its way there.

    Raises:
        ModelError: one is not; it is named.
    """
    import torch

    for name, tensor in tensors.items():
        if tensor.is_floating_point() and not bool(torch.isfinite(tensor).all()):
            raise ModelError(f"{where}: {name} holds numbers that are none (NaN or infinite). {remedy}")
        if tensor.dim() > 1 and tensor.numel() and not bool(tensor.any()):
            raise ModelError(f"{where}: {name} is zero throughout. {remedy}")


def _header(path: Path, remedy: str) -> tuple[dict[str, TensorForm], dict[str, str]]:
    _require(path, remedy)
    try:
        with safe_open(path, framework="np") as file:
            slices = {name: file.get_slice(name) for name in file.keys()}  # noqa: SIM118
            forms = {
                name: TensorForm(one.get_dtype(), tuple(one.get_shape())) for name, one in slices.items()
            }
            return forms, dict(file.metadata() or {})
    except (OSError, ValueError, SafetensorError) as fault:
        raise ModelError(f"{path} cannot be read as safetensors ({fault}). {remedy}") from fault


def _require(path: Path, remedy: str) -> None:
    try:
        require_plain(path, remedy)
    except DataError as fault:
        raise ModelError(str(fault)) from fault
