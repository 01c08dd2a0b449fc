"""Whether the files of a language model fit each other, found out without reading its weights."""

from __future__ import annotations

from pathlib import Path

import torch
from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer

from recexplainer_core.errors import ModelError
from recexplainer_core.lm.llm_files import check_llm_files


def check_llm_folder(folder: Path) -> None:
    """Make sure that a folder holds weights, a tokenizer, and the configuration that the weights are of.

    The model is built without memory for its weights, and its shapes are held against those of the files: seconds for
    a model of any size.

    Raises:
        ModelError: something is missing or does not fit.
    """
    forms = check_llm_files(folder)
    try:
        AutoTokenizer.from_pretrained(str(folder), trust_remote_code=False, local_files_only=True)
        config = AutoConfig.from_pretrained(str(folder), trust_remote_code=False, local_files_only=True)
        with torch.device("meta"):
            model = AutoModelForCausalLM.from_config(config, trust_remote_code=False)
    except Exception as fault:  # what two libraries and every model's own code raise has no common base
        reason = " ".join(str(fault).split())[:300]
        raise ModelError(
            f"{folder} cannot be loaded as a causal language model with a tokenizer ({type(fault).__name__}: "
            f"{reason}). Give a folder that holds config.json, tokenizer files and safetensors weights."
        ) from fault
    wanted = {name: tuple(tensor.shape) for name, tensor in model.state_dict().items()}
    for name, form in sorted(forms.items()):
        shape = wanted.get(name, wanted.get(f"{model.base_model_prefix}.{name}"))
        if shape is not None and shape != tuple(form.shape):
            raise ModelError(
                f"{folder}: config.json is not that of the weights: by it {name} has the shape "
                f"{_times(shape)}, in the file it has {_times(form.shape)}. Take both from the same model."
            )


def _times(shape: tuple[int, ...]) -> str:
    return " x ".join(f"{size:,}" for size in shape) or "of a single number"
