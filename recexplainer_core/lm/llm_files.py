"""The files of a language model in a folder, looked at before anything is built of them.

A configuration may ask for a million layers or name weights that lie elsewhere: it is held against the headers of the
weight files, which are small and cannot lie about what follows them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from recexplainer_core.errors import DataError, ModelError
from recexplainer_core.files.json_text import read_json
from recexplainer_core.files.tensors import TensorForm, tensor_forms

REMEDY = "Fetch the model or build the bundle again."
_WEIGHTS, _INDEX = "model.safetensors", "model.safetensors.index.json"
_WIDTHS = (
    "vocab_size",
    "hidden_size",
    "intermediate_size",
    "n_embd",
    "n_inner",
    "d_model",
    "ffn_dim",
    "head_dim",
)
_COUNTS = (
    "num_hidden_layers",
    "num_layers",
    "n_layers",
    "n_layer",
    "decoder_layers",
    "encoder_layers",
    "num_experts",
    "num_local_experts",
    "n_routed_experts",
)
"""What there are weights for, one by one; settings with such words in their names that count nothing are not here."""


def check_llm_files(folder: Path) -> dict[str, TensorForm]:
    """Return name -> form of a model's tensors, once its files are sound as far as can be told without building it.

    Raises:
        ModelError: a file is damaged or no plain file, weights are said to lie outside the folder, or config.json
            asks for more layers or wider ones than there are weights for.
    """
    try:
        texts = {path.name: read_json(path, REMEDY, finite=False) for path in sorted(folder.glob("*.json"))}
    except DataError as fault:
        raise ModelError(str(fault)) from fault
    if "adapter_config.json" in texts:
        raise ModelError(
            f"{folder} holds an adapter's configuration, which names another model. Give the folder of a whole model."
        )
    forms = {name: form for path in weight_files(folder) for name, form in tensor_forms(path, REMEDY).items()}
    if forms:
        _check_sizes(folder / "config.json", texts.get("config.json"), forms)
    return forms


def weight_files(folder: Path) -> list[Path]:
    """Return the files that transformers would load; some repositories hold the same weights twice.

    Raises:
        ModelError: the index of the files is damaged, or names one that is not in the folder.
    """
    index = folder / _INDEX
    if (folder / _WEIGHTS).exists() or not index.exists():
        return [path for path in [folder / _WEIGHTS] if path.exists()]
    try:
        content = read_json(index, REMEDY, finite=False)
    except DataError as fault:
        raise ModelError(str(fault)) from fault
    named = content.get("weight_map") if isinstance(content, dict) else None
    if not isinstance(named, dict) or not named or not all(isinstance(name, str) for name in named.values()):
        raise ModelError(f"{index} does not say in which file a tensor lies. {REMEDY}")
    names = sorted(set(named.values()))
    if outside := [name for name in names if Path(name).name != name or "\\" in name]:
        raise ModelError(f"{index} names weights outside its folder: {outside[0]!r}. {REMEDY}")
    if missing := [name for name in names if not (folder / name).is_file()]:
        raise ModelError(
            f"{folder} lacks {len(missing)} of {len(names)} weight files, {missing[0]!r} first. {REMEDY}"
        )
    return [folder / name for name in names]


def _check_sizes(path: Path, config: Any, forms: Mapping[str, TensorForm]) -> None:
    widest = max((size for form in forms.values() for size in form.shape), default=0)
    for key, size in _integers(config):
        limit = widest if key in _WIDTHS else max(len(forms), widest if "expert" in key else 0)
        if key in (*_WIDTHS, *_COUNTS) and size > limit:
            raise ModelError(
                f"{path} says {key} is {size:,}; its {len(forms):,} tensors, none longer than {widest:,}, "
                f"cannot be those of such a model. {REMEDY}"
            )


def _integers(content: Any) -> Iterator[tuple[str, int]]:
    for key, value in content.items() if isinstance(content, dict) else ():
        if isinstance(value, int) and not isinstance(value, bool):
            yield key, value
        yield from _integers(value)
