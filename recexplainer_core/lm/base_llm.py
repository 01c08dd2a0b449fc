"""The language model before alignment: how it is opened, whether it will do, and which of its layers can learn."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import psutil
import torch
from torch import nn
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    BitsAndBytesConfig,
    PreTrainedModel,
    PreTrainedTokenizerBase,
)
from transformers.pytorch_utils import Conv1D
from transformers.utils import logging

from recexplainer_core.errors import ModelError
from recexplainer_core.files.tensors import TensorForm, check_numbers
from recexplainer_core.lm.llm_files import REMEDY, check_llm_files
from recexplainer_core.processes import processes

Ends = Literal["both", "output", "none"]
"""Which ends of a model an adapter changes: embeddings and output layer, the output layer alone, or neither."""
_PROBE = 6
LARGE = 1e9
"""Weights from which on memory is worth more than time in training."""
HALF = 1e8
"""Weights from which on a frozen base model is kept in bfloat16 while its adapter learns, where that is fast."""
_SPARE = 1.2
"""Memory beside the weights, as a factor: activations and the vocabulary's logits."""


def load_llm(llm: Path | str, four_bit: bool = False) -> tuple[PreTrainedModel, PreTrainedTokenizerBase]:
    """Load a causal language model and its tokenizer from a folder or, by id, from the hub.

    Args:
        llm: folder or hub id.
        four_bit: round the weights to four bits; needs a CUDA device and the package bitsandbytes.

    Raises:
        ModelError: not found, no causal language model with a tokenizer, too large for the memory that is free, or
            damaged: a tensor is missing, unexpected, of another shape, zero throughout or no number.
    """
    cuda = torch.cuda.is_available()
    dtype = torch.bfloat16 if cuda else torch.float32
    rounding = _four_bit_settings(cuda) if four_bit else {}
    here = Path(llm).is_dir()
    if here:
        _check_memory(Path(llm), check_llm_files(Path(llm)), 0.5 if four_bit else dtype.itemsize, cuda)
    logging.disable_progress_bar()
    settings = {"trust_remote_code": False, "local_files_only": here}
    try:
        tokenizer = AutoTokenizer.from_pretrained(str(llm), **settings)
        loaded: Any = AutoModelForCausalLM.from_pretrained(
            str(llm), dtype=dtype, use_safetensors=True, output_loading_info=True, **settings, **rounding
        )
        model, found = loaded
        added = tokenizer.get_added_vocab()  # a converted model may have one that it never uses
        ids = [number for token, number in tokenizer.get_vocab().items() if token not in added]
    except Exception as fault:  # what two libraries and every model's own code raise has no common base
        raise ModelError(
            f"{llm} cannot be loaded as a causal language model with a tokenizer ({_brief(fault)}). "
            "Give a hub id or a folder that holds config.json, tokenizer files and safetensors weights."
        ) from fault
    _check_loading(llm, found)
    check_numbers(dict(model.named_parameters()), llm, REMEDY)
    rows = model.get_input_embeddings().weight.shape[0]
    if not ids or max(ids) >= rows:
        raise ModelError(f"The tokenizer of {llm} has {len(ids)} tokens, its model knows {rows}. {REMEDY}")
    if cuda and not four_bit:  # rounded weights are already there
        model = model.to(processes().device)
    _check_answer(llm, model.eval(), tokenizer)
    return model, tokenizer


def fast_bfloat16() -> bool:
    """Return whether bfloat16 pays: on CUDA, and on processors with instructions for it."""
    if torch.cuda.is_available():
        return bool(torch.cuda.is_bf16_supported())
    able = torch.cpu.get_capabilities()
    return bool(able.get("amx_bf16") or able.get("avx512_bf16"))


def halve(llm: PreTrainedModel, from_weights: float = HALF) -> bool:
    """Keep a frozen model of some size in bfloat16 where that is fast; return whether it is."""
    if not fast_bfloat16() or sum(p.numel() for p in llm.parameters()) < from_weights:
        return False
    llm.to(torch.bfloat16)  # type: ignore[arg-type]
    return True


def context_length(llm: nn.Module) -> int | None:
    """Return how many tokens the model takes, None where it does not say."""
    return getattr(llm.config, "max_position_embeddings", None)


def check_causal(llm: PreTrainedModel, name: Path | str) -> None:
    """Make sure that the model reads from left to right, by changing the last of a few tokens.

    Raises:
        ModelError: what comes later changes what is said of earlier tokens, as in an encoder such as BERT.
    """
    ids = torch.arange(1, _PROBE + 1, device=llm.device)[None]
    other = ids.clone()
    other[0, -1] = 0
    with torch.inference_mode():
        logits, other_logits = (llm(input_ids=tokens).logits[0, :-1] for tokens in (ids, other))
    if not torch.allclose(logits, other_logits, atol=1e-2, rtol=1e-2):
        raise ModelError(
            f"{name} reads in both directions (an encoder, like BERT), so it cannot write. "
            "Give a model that was trained to continue text, such as one of the Qwen, Llama or GPT-2 families."
        )


def end_layers(llm: PreTrainedModel, ends: Ends) -> set[str]:
    """Return the names of the output layer and, of both ends, the input embeddings."""
    modules = [llm.get_output_embeddings(), *([llm.get_input_embeddings()] if ends == "both" else [])]
    return {name.rpartition(".")[2] for name, module in llm.named_modules() if module in modules}


def linear_layers(llm: PreTrainedModel) -> set[str]:
    """Return the names of all layers that multiply with a matrix, the output layer among them."""
    kinds = nn.Linear | Conv1D
    return {name.rpartition(".")[2] for name, module in llm.named_modules() if isinstance(module, kinds)}


def spare_memory(llm: PreTrainedModel, from_weights: float = LARGE) -> bool:
    """Let a large model in training compute activations twice instead of keeping them; return whether it does."""
    if sum(p.numel() for p in llm.parameters()) < from_weights or not llm.supports_gradient_checkpointing:
        return False
    llm.gradient_checkpointing_enable({"use_reentrant": False})
    return True


def _four_bit_settings(cuda: bool) -> dict[str, Any]:
    if not cuda or find_spec("bitsandbytes") is None:
        lacking = "the package bitsandbytes (pip install bitsandbytes)" if cuda else "a CUDA device"
        raise ModelError(f"Four-bit weights need {lacking}. Leave out --four-bit, or choose a smaller model.")
    settings = BitsAndBytesConfig(
        load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_compute_dtype=torch.bfloat16
    )
    return {"quantization_config": settings, "device_map": {"": processes().device}}


def _check_loading(llm: Path | str, found: Mapping[str, Any]) -> None:
    """Refuse what transformers would fill with random numbers, and weights that belong to another model."""
    for kind, fault in (
        ("mismatched_keys", "have another shape than config.json means"),
        ("missing_keys", "are missing"),
        ("unexpected_keys", "belong to no layer of the model"),
    ):
        if names := sorted(str(name) for name in found.get(kind, ())):
            raise ModelError(f"{llm}: {len(names)} tensors {fault}, {names[0]} among them. {REMEDY}")


def _check_answer(llm: Path | str, model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase) -> None:
    """Let the model read a word: settings that no loading touches are found out here, not by whoever asks first."""
    try:
        ids = tokenizer("a", return_tensors="pt")["input_ids"].to(model.device)
        with torch.inference_mode():
            finite = not ids.numel() or bool(torch.isfinite(model(input_ids=ids).logits).all())
        tokenizer.decode(ids[0])
    except Exception as fault:
        raise ModelError(f"{llm} cannot read a word ({_brief(fault)}). {REMEDY}") from fault
    if not finite:
        raise ModelError(f"{llm} answers with numbers that are none (NaN or infinite). {REMEDY}")


def _brief(fault: Exception) -> str:
    return f"{type(fault).__name__}: {' '.join(str(fault).split())[:300]}"


def _check_memory(folder: Path, forms: Mapping[str, TensorForm], bytes_each: float, cuda: bool) -> None:
    weights = sum(form.numbers for form in forms.values())
    needed = weights * bytes_each * _SPARE
    free = _free_memory(cuda)
    if needed > free:
        gc.collect()  # most of a second, so only where it may help
        if cuda:
            torch.cuda.empty_cache()
        free = _free_memory(cuda)
    if needed > free:
        where = "GPU memory" if cuda else "memory"
        raise ModelError(
            f"{folder} has {weights / 1e9:.1f} billion weights and needs about {needed / 1e9:.1f} GB of {where}; "
            f"{free / 1e9:.1f} GB are free. Close other programs, or choose a smaller model."
        )


def _free_memory(cuda: bool) -> int:
    return int(torch.cuda.mem_get_info()[0] if cuda else psutil.virtual_memory().available)
