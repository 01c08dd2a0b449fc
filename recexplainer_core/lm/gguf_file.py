"""A GGUF file, the one-file format of llama.cpp: opened with transformers, saved as a folder of safetensors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

from recexplainer_core.errors import ModelError
from recexplainer_core.progress import Progress

if TYPE_CHECKING:
    from gguf import GGUFReader
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

_MAGIC = b"GGUF"
_STEPS = 4
_SPARE = 2.0
"""Memory beside the half-precision weights, as a factor: they are there twice while they go from file to model."""
_REMEDY = "Give another GGUF file, or the model as a folder or hub id: --llm DIR or --llm HUB_ID."


def save_as_safetensors(file: Path, folder: Path, progress: Progress) -> None:
    """Write a GGUF file's model, its weights unpacked to float16, and its tokenizer into a folder.

    Args:
        file: the GGUF file.
        folder: an empty folder.
        progress: told of each of four steps.

    Raises:
        ModelError: it is no GGUF file, cut short, a part of a model, larger than the free memory, or of a kind that
            transformers does not open.
        OSError: the folder cannot be written.
    """
    progress(0, _STEPS, "reading the GGUF file")
    header = _read_header(file)
    model, tokenizer = _open(file, folder, header, progress)
    progress(3, _STEPS, "writing safetensors")
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    progress(_STEPS, _STEPS, "")


def _read_header(file: Path) -> GGUFReader:
    from gguf import GGUFReader

    with file.open("rb") as stream:
        if stream.read(len(_MAGIC)) != _MAGIC:
            raise ModelError(f"{file} is no GGUF file: it does not begin as one does. {_REMEDY}")
    try:
        header = GGUFReader(file)
    except (ValueError, IndexError, KeyError) as fault:  # all of them mean: not what should stand there
        raise ModelError(f"{file} is damaged or cut short ({fault}). Fetch it again.") from fault
    if (parts := _value(header, "split.count", 1)) > 1:
        raise ModelError(
            f"{file} is one of {parts} parts of a model. Join them (`llama-gguf-split --merge`) and give the result."
        )
    weights = sum(int(tensor.n_elements) for tensor in header.tensors)
    needed, free = 2 * weights * _SPARE, psutil.virtual_memory().available
    if needed > free:
        raise ModelError(
            f"{file} has {weights / 1e9:.1f} billion weights; to unpack them takes about {needed / 1e9:.1f} GB of "
            f"memory, and {free / 1e9:.1f} GB are free. Close other programs, or choose a smaller model."
        )
    return header


def _open(
    file: Path, empty: Path, header: GGUFReader, progress: Progress
) -> tuple[PreTrainedModel, PreTrainedTokenizerBase]:
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

    causal_lms: Any = AutoModelForCausalLM
    # Looked for in an empty folder by its whole path: files that happen to lie beside it must not be mixed in.
    place = {"pretrained_model_name_or_path": str(empty), "gguf_file": str(file.absolute())}
    try:
        with _without_bars():
            progress(1, _STEPS, "reading the tokenizer")
            tokenizer = AutoTokenizer.from_pretrained(**place)
            progress(2, _STEPS, "unpacking the weights")
            model, found = causal_lms.from_pretrained(
                **place,
                dtype=torch.float16,
                quantization_config=GgufConfig(dequantize=True),
                output_loading_info=True,
            )
    except (
        Exception
    ) as fault:  # what a file of an unknown kind makes transformers stumble over, nobody can list
        kind = _value(header, "general.architecture", "unnamed")
        raise ModelError(
            f"{file} holds a model of the {kind} architecture in a form that transformers does not open "
            f"({fault}). {_REMEDY}"
        ) from fault
    if lacking := sorted(found["missing_keys"]):
        raise ModelError(
            f"{file} lacks {len(lacking)} of the model's weights, {lacking[0]} among them. {_REMEDY}"
        )
    return model, tokenizer


def _value(header: GGUFReader, key: str, otherwise: Any) -> Any:
    field = header.get_field(key)
    return otherwise if field is None else field.contents()


@contextmanager
def _without_bars() -> Iterator[None]:
    """Keep transformers' bars out of our display; the one for GGUF files obeys none of its settings."""
    from transformers import modeling_gguf_pytorch_utils as unpacking
    from transformers.utils import logging

    logging.disable_progress_bar()
    bars: Any = unpacking.tqdm
    unpacking.tqdm = partial(bars, disable=True)
    try:
        yield
    finally:
        unpacking.tqdm = bars
