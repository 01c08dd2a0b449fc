"""An adapter's configuration as it is read: plain LoRA on named layers, and nothing that PEFT could be talked into."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from peft import LoraConfig
from pydantic import BaseModel, ConfigDict, Field, StrictStr, ValidationError

from recexplainer_core.errors import DataError, ModelError
from recexplainer_core.files.json_text import read_object

CONFIG_FILE = "adapter_config.json"
Rank = Annotated[int, Field(ge=1, strict=True)]


class _Written(BaseModel):
    """The settings that `load_for_training` chooses."""

    model_config = ConfigDict(extra="allow")

    peft_type: Literal["LORA"]
    task_type: Literal["CAUSAL_LM"]
    r: Rank
    lora_alpha: Rank
    lora_dropout: float = Field(default=0.0, ge=0, lt=1)
    target_modules: Annotated[list[StrictStr], Field(min_length=1)]
    rank_pattern: dict[str, Rank] = {}
    alpha_pattern: dict[str, Rank] = {}


_ITS_OWN = ("auto_mapping", "base_model_name_or_path", "inference_mode", "peft_version", "revision")
"""Settings that say where the adapter comes from, not what it computes."""


def read_adapter_config(folder: Path, widest: int) -> LoraConfig:
    """Return the configuration of the adapter in a folder.

    Args:
        folder: the adapter's.
        widest: the largest dimension of its tensors, which no rank exceeds.

    Raises:
        ModelError: it is damaged, or asks for something else than LoRA on named layers.
    """
    path, remedy = folder / CONFIG_FILE, f"Build the mode {folder.name} again."
    try:
        content = read_object(path, remedy)
        given = _Written.model_validate(content)
    except DataError as fault:
        raise ModelError(str(fault)) from fault
    except ValidationError as fault:
        first = fault.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise ModelError(f"{path}: {where}: {first['msg']}. {remedy}") from fault
    if (highest := max([given.r, *given.rank_pattern.values()])) > widest:
        raise ModelError(
            f"{path} has a rank of {highest:,}, its tensors are {widest:,} wide at most. {remedy}"
        )
    config = LoraConfig(**given.model_dump(include=set(_Written.model_fields) - {"peft_type"}))
    _refuse_more(path, content, config.to_dict(), remedy)
    config.inference_mode = True
    return config


def _refuse_more(path: Path, content: Mapping[str, Any], usual: Mapping[str, Any], remedy: str) -> None:
    for key, value in content.items():
        known = key in usual and key not in (*_Written.model_fields, *_ITS_OWN)
        if known and value != usual[key] and (value or usual[key]):
            raise ModelError(
                f"{path}: {key} is {str(value)[:80]!r}, which this program does not know. {remedy}"
            )
