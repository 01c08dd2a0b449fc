"""A model is opened to learn, opened with what it has learnt, and what it has learnt is saved."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import torch
from peft import (
    LoraConfig,
    PeftModel,
    get_peft_model,
    get_peft_model_state_dict,
    set_peft_model_state_dict,
)
from peft.tuners.lora import LoraLayer
from torch import Tensor, nn

from recexplainer_core.errors import ModelError
from recexplainer_core.files.tensors import check_numbers
from recexplainer_core.lm.adapter_config import read_adapter_config
from recexplainer_core.lm.adapter_file import read_adapter, write_adapter
from recexplainer_core.lm.base_llm import (
    Ends,
    check_causal,
    end_layers,
    halve,
    linear_layers,
    load_llm,
    spare_memory,
)
from recexplainer_core.lm.connector import Connector
from recexplainer_core.lm.model import AlignedLM
from recexplainer_core.modes import AlignmentMode


def load_for_training(
    llm: Path | str,
    mode: AlignmentMode,
    vector_size: int,
    rank: int,
    alpha: int,
    four_bit: bool = False,
    ends: Ends = "both",
) -> AlignedLM:
    """Load a base model and give it a fresh adapter and connector for one mode; only these learn.

    Args:
        llm: folder or hub id.
        mode: that learns.
        vector_size: d, of the target's vectors.
        rank: of the adapter's matrices.
        alpha: their scale.
        four_bit: see `load_llm`.
        ends: which ends of the model are adapted. Of the output layer alone, one factor of the change keeps what
            it is given (see `lay_out_titles`).

    Raises:
        ModelError: the base model does not load, does not fit into memory, or is no model that writes.
    """
    base, tokenizer = load_llm(llm, four_bit)
    check_causal(base, llm)
    if not torch.cuda.is_available():
        # On a processor the fused attention is slow with padding: 134 against 179 examples a second.
        base.set_attn_implementation("eager")
    halved = not four_bit and halve(base)
    spare_memory(base)
    table = base.get_input_embeddings()
    if not isinstance(table, nn.Embedding):
        raise ModelError(f"{llm} has no plain table of token embeddings; choose another model.")
    outer = end_layers(base, ends)
    layers = linear_layers(base) - outer if ends == "none" else linear_layers(base) | outer
    # Titles are told apart at the ends, there with as many directions as the target tells items apart.
    rank_at_ends = max(rank, vector_size) if ends == "both" else vector_size
    config = LoraConfig(
        r=rank,
        lora_alpha=alpha,
        target_modules=sorted(layers),
        rank_pattern=dict.fromkeys(sorted(outer & layers), rank_at_ends),
        alpha_pattern=dict.fromkeys(sorted(outer & layers), alpha * rank_at_ends // rank),
        task_type="CAUSAL_LM",
    )
    with _tied_embeddings_allowed():
        adapted = get_peft_model(base, config, adapter_name=str(mode))
    if ends == "output":
        adapted.get_output_embeddings().lora_B[str(mode)].requires_grad_(False)
    if halved:  # autocast brings what an adapter reads and its weights together in one step
        for module in adapted.modules():
            if isinstance(module, LoraLayer):
                module.cast_input_dtype_enabled = False
    connectors = {mode: Connector(vector_size, table.embedding_dim)} if mode.shows_vectors else {}
    lm = AlignedLM(adapted, tokenizer, connectors)
    lm.connectors.to(lm.device)
    return lm


def load_aligned(llm: Path | str, adapters: Mapping[AlignmentMode, Path]) -> AlignedLM:
    """Load a base model and the adapters that `save_adapter` wrote.

    Raises:
        ModelError: a file is missing, damaged or does not fit the base model; a tensor is missing, unexpected, of
            another shape or no number; or an adapter changes nothing.
    """
    model: nn.Module
    model, tokenizer = load_llm(llm)
    connectors: dict[AlignmentMode, Connector] = {}
    for mode, folder in adapters.items():
        weights = read_adapter(folder)
        _check_adapter(weights, folder)
        config = read_adapter_config(folder, max(max(tensor.shape) for tensor in weights.values()))
        try:
            with _tied_embeddings_allowed():
                if isinstance(model, PeftModel):
                    model.add_adapter(str(mode), config)
                else:
                    model = PeftModel(model, config, adapter_name=str(mode))
                _check_fit(_adapter_tensors(model, mode), weights, folder)
                set_peft_model_state_dict(model, weights, adapter_name=str(mode))
        except (RuntimeError, ValueError, KeyError, TypeError, AttributeError) as fault:
            raise ModelError(
                f"The adapter in {folder} does not fit the language model {llm} ({fault}). Build the bundle again."
            ) from fault
        if mode.shows_vectors:
            connectors[mode] = Connector.load(folder / "connector.safetensors")
    lm = AlignedLM(model, tokenizer, connectors)
    return lm.to(lm.device).eval().requires_grad_(False)


def save_adapter(lm: AlignedLM, mode: AlignmentMode, folder: Path, base_name: str) -> None:
    """Write one mode's adapter, in half precision, and connector; the base model is named, not copied."""
    folder.mkdir(parents=True, exist_ok=True)
    write_adapter(_adapter_tensors(lm.llm, mode), folder)
    config = lm.llm.peft_config[str(mode)]
    config.base_model_name_or_path, config.inference_mode = base_name, True
    config.target_modules = sorted(config.target_modules)  # a set has another order in every process
    config.save_pretrained(str(folder))
    if mode.shows_vectors:
        lm.connector(mode).save(folder / "connector.safetensors")


def _adapter_tensors(llm: nn.Module, mode: AlignmentMode) -> dict[str, Tensor]:
    found: dict[str, Tensor] = get_peft_model_state_dict(
        llm, adapter_name=str(mode), save_embedding_layers=False
    )
    return found


def _check_adapter(weights: Mapping[str, Tensor], folder: Path) -> None:
    """Refuse an adapter without numbers, and one whose every change is zero: it has learnt nothing."""
    remedy = f"Build the mode {folder.name} again."
    vectors = {name: tensor.reshape(-1) for name, tensor in weights.items()}
    check_numbers(vectors, folder, remedy)
    layers = {name.rpartition(".lora_")[0] for name in weights}
    changed = {
        layer
        for layer in layers
        if all(bool(vector.any()) for name, vector in vectors.items() if name.startswith(f"{layer}.lora_"))
    }
    if not changed:
        raise ModelError(
            f"The adapter in {folder} changes nothing: its weights are missing or zero. {remedy}"
        )


def _check_fit(expected: Mapping[str, Tensor], given: Mapping[str, Tensor], folder: Path) -> None:
    for name in sorted(expected.keys() | given.keys()):
        promised, found = (_form(tensors.get(name)) for tensors in (expected, given))
        if promised != found:
            raise ModelError(
                f"The adapter in {folder} does not fit the language model: {name} is {found}, expected {promised}. "
                f"Build the mode {folder.name} again."
            )


def _form(tensor: Tensor | None) -> str:
    if tensor is None:
        return "missing"
    return f"{list(tensor.shape)} of {'floating-point' if tensor.is_floating_point() else 'other'} numbers"


@contextmanager
def _tied_embeddings_allowed() -> Iterator[None]:
    """Silence PEFT's warning that adapters of tied embeddings cannot be merged; they never are."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Model has `tie_word_embeddings=True`")
        yield
