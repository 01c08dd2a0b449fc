"""What a bundle says of itself."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    SerializeAsAny,
    StringConstraints,
    ValidationError,
)

from recexplainer_core.datasets.provenance import Provenance
from recexplainer_core.errors import BundleError, DataError
from recexplainer_core.files.json_text import read_json
from recexplainer_core.lm.sources import LLM_SUFFIXES, PinnedLLM, read_pinned

Model = TypeVar("Model", bound=BaseModel)
FORMAT_VERSION = 1
MANIFEST = "manifest.json"

ALLOWED_SUFFIXES = LLM_SUFFIXES | {".parquet", ".npy"}
"""Files that are only ever read as data: nothing that could run when it is opened (.py, .bin, .pt)."""


def _inside(path: str) -> str:
    """Return the path if it can only lead to a data file inside the bundle."""
    if any(part in ("", ".", "..") for part in path.split("/")) or re.search(r"[\\:\x00-\x1f]", path):
        raise ValueError(f"{path!r} is not a plain path inside the bundle")
    if PurePosixPath(path).suffix not in ALLOWED_SUFFIXES:
        raise ValueError(f"{path!r} is not a kind of file that a bundle may hold")
    return path


BundlePath = Annotated[str, AfterValidator(_inside)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Manifest(BaseModel):
    """Contents of manifest.json."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format_version: int = FORMAT_VERSION
    name: str
    provenance: Provenance
    llm: Annotated[SerializeAsAny[PinnedLLM], BeforeValidator(read_pinned)] | None = None
    """None when the bundle holds the language model in its folder `llm`."""
    seed: int
    stages: Mapping[str, Mapping[str, Any]]
    """Stage -> the parameters it ran with."""
    libraries: Mapping[str, str]
    created_by: str
    """The command line that built the bundle."""
    commit: str | None = None
    """Git commit of the code that built it, "-dirty" behind it if files were changed; None outside git."""
    files: Mapping[BundlePath, Sha256] = {}
    """Every other file of the bundle, by its path from the bundle's folder."""


def fitted(model: type[Model], content: object, path: Path) -> Model:
    """Return the content of a JSON file as what it should be.

    Raises:
        BundleError: it does not fit; the message names the first field that does not.
    """
    try:
        # As JSON, in which strictness takes lists for tuples, but no words for numbers and no numbers for truth.
        return model.model_validate_json(json.dumps(content), strict=True)
    except ValidationError as fault:
        first = fault.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BundleError(
            f"{path} is malformed at {where}: {first['msg']}. Build or copy the bundle again."
        ) from fault


def read_manifest(root: Path) -> Manifest:
    """Read and check manifest.json.

    Raises:
        BundleError: there is none, it is of another format version, or it is malformed.
    """
    path = root / MANIFEST
    if not path.exists():
        what = "has no manifest.json, so it is no bundle" if root.is_dir() else "is not a folder"
        raise BundleError(
            f"{root} {what}. Give the folder that `python -m recexplainer_core build DATA --out DIR` wrote."
        )
    try:
        content = read_json(path)
    except DataError as fault:
        raise BundleError(str(fault)) from fault
    version = content.get("format_version") if isinstance(content, dict) else None
    if version != FORMAT_VERSION:
        raise BundleError(
            f"{path} is of format version {version}, this program reads version {FORMAT_VERSION}. "
            "Build the bundle again, or use the release of this program that wrote it."
        )
    return fitted(Manifest, content, path)
