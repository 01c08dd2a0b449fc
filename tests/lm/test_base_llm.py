from pathlib import Path

import pytest
import torch
from transformers import BertConfig, BertForMaskedLM

from recexplainer_core.errors import ModelError
from recexplainer_core.lm import base_llm
from recexplainer_core.lm.base_llm import check_causal, load_llm, spare_memory
from tests.fakes.tiny_lm import tiny_tokenizer


def test_a_causal_model_passes(llm_folder: Path):
    check_causal(load_llm(llm_folder)[0], llm_folder)


def test_an_encoder_is_refused(tmp_path: Path):
    tokenizer = tiny_tokenizer()
    sizes = {"hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 1, "num_attention_heads": 2}
    BertForMaskedLM(BertConfig(vocab_size=len(tokenizer), initializer_range=0.3, **sizes)).save_pretrained(
        tmp_path
    )
    tokenizer.save_pretrained(tmp_path)
    with pytest.raises(ModelError, match="reads in both directions"):
        check_causal(load_llm(tmp_path)[0], tmp_path)


def test_a_model_without_tokenizer_is_refused(llm_folder: Path, tmp_path: Path):
    for name in ("config.json", "model.safetensors"):
        (tmp_path / name).write_bytes((llm_folder / name).read_bytes())
    with pytest.raises(ModelError, match="tokenizer files"):
        load_llm(tmp_path)


def test_a_model_that_does_not_fit_is_refused_before_it_is_loaded(
    llm_folder: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(base_llm.psutil, "virtual_memory", lambda: type("Memory", (), {"available": 1000}))
    monkeypatch.setattr(base_llm, "AutoTokenizer", None)
    with pytest.raises(ModelError, match=r"billion weights and needs about .* smaller model"):
        load_llm(llm_folder)


def test_four_bits_need_a_gpu(llm_folder: Path):
    with pytest.raises(ModelError, match="need a CUDA device"):
        load_llm(llm_folder, four_bit=True)


def test_sparing_memory_changes_no_gradient(llm_folder: Path):
    def gradients(from_weights: float) -> dict[str, torch.Tensor]:
        llm, _ = load_llm(llm_folder)
        assert spare_memory(llm, from_weights) == (from_weights == 0)
        llm.train()
        llm(input_ids=torch.arange(8)[None], labels=torch.arange(8)[None], use_cache=False).loss.backward()
        return {name: p.grad for name, p in llm.named_parameters() if p.grad is not None}

    plain, spared = gradients(1e9), gradients(0)
    assert plain.keys() == spared.keys()
    assert all(torch.allclose(plain[name], spared[name], atol=1e-6) for name in plain)
