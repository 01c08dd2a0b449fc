"""A recommender on disk: config.json and model.safetensors, never a pickle."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Annotated, Any, TypeVar

import torch
from pydantic import Field, TypeAdapter, ValidationError
from safetensors.torch import save

from recexplainer_core.errors import DataError, ModelError
from recexplainer_core.files.json_text import read_json
from recexplainer_core.files.tensors import check_numbers
from recexplainer_core.files.tensors import read_tensors as read_file
from recexplainer_core.files.writing import replace_file

CONFIG, WEIGHTS = "config.json", "model.safetensors"
Tensors = dict[str, torch.Tensor]
Size = Annotated[int, Field(ge=1, le=100_000)]
"""A size in a config.json, bounded so that a damaged file cannot ask for the whole memory."""
Config = TypeVar("Config")


@dataclass(frozen=True)
class CatalogueSize:
    """The part of a config.json that is not a setting."""

    n_items: Annotated[int, Field(ge=1)]


def write_tensors(path: Path, tensors: Mapping[str, torch.Tensor], metadata: Mapping[str, str]) -> None:
    """Write tensors and what belongs to them as one safetensors file, atomically."""
    contiguous = {name: t.detach().cpu().contiguous() for name, t in tensors.items()}
    replace_file(path, save(contiguous, dict(metadata)))


def read_tensors(path: Path) -> tuple[Tensors, dict[str, str]]:
    """Return the tensors and the metadata of a safetensors file.

    Raises:
        ModelError: the file is missing or damaged.
    """
    return read_file(path, "Train the recommender again.")


def write_model(
    folder: Path, kind: str, config: Mapping[str, Any], tensors: Mapping[str, torch.Tensor]
) -> None:
    """Write weights, then config.json, so that a folder with a config.json is complete."""
    write_tensors(folder / WEIGHTS, tensors, {"kind": kind})
    replace_file(folder / CONFIG, json.dumps({"kind": kind, **config}, indent=2).encode())


def read_config(folder: Path) -> dict[str, Any]:
    """Return config.json, "kind" included.

    Raises:
        ModelError: there is none, or it is not a JSON object with a kind.
    """
    path = folder / CONFIG
    try:
        config = read_json(path, "Build the bundle again.")
    except DataError as fault:
        raise ModelError(f"No recommender can be read. {fault}") from fault
    if not isinstance(config, dict) or not isinstance(config.get("kind"), str):
        raise ModelError(f'{path}: has no "kind" of recommender. Build the bundle again.')
    return config


def parse_config(kind: type[Config], folder: Path, values: Mapping[str, Any]) -> Config:
    """Check the values of a config.json against a dataclass, whose defaults are for those who train, not for a reader.

    Raises:
        ModelError: a value is missing or of the wrong type.
    """
    names = [field.name for field in fields(kind)] if is_dataclass(kind) else []
    if missing := [name for name in names if name not in values]:
        raise ModelError(f"{folder / CONFIG}: does not say {missing[0]}. Build the bundle again.")
    try:
        # As JSON: of objects in memory, strictness would take none but an instance of the class.
        return TypeAdapter(kind).validate_json(
            json.dumps({name: values[name] for name in names}), strict=True
        )
    except ValidationError as fault:
        first = fault.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise ModelError(f"{folder / CONFIG}: {where}: {first['msg']}. Build the bundle again.") from fault


def check_tensors(folder: Path, expected: Mapping[str, torch.Tensor], given: Tensors) -> None:
    """Compare a model's tensors with what its config.json promises; those expected may be on the meta device.

    Raises:
        ModelError: a tensor is missing, unknown or of another shape or type; both are named. Or its numbers are none,
            or zero throughout.
    """
    for name in sorted(expected.keys() | given.keys()):
        promised, found = _describe(expected.get(name)), _describe(given.get(name))
        if promised != found:
            raise ModelError(
                f"{folder / WEIGHTS}: {name} is {found}, but {CONFIG} means {promised}. "
                "The two files are not of one model: build the bundle again."
            )
    check_numbers(given, folder / WEIGHTS, "Build the bundle again.")


def _describe(tensor: torch.Tensor | None) -> str:
    if tensor is None:
        return "missing"
    return f"{list(tensor.shape)} of {str(tensor.dtype).removeprefix('torch.')}"
