"""A model whose files are not its own is refused before it answers; nothing is ever filled with random numbers."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from recexplainer_core.errors import ModelError
from recexplainer_core.lm.adapter_file import read_adapter, write_adapter
from recexplainer_core.lm.adapters import load_aligned
from recexplainer_core.lm.base_llm import load_llm
from recexplainer_core.lm.connector import Connector
from recexplainer_core.modes import AlignmentMode
from tests.fakes.tiny_lm import write_adapters

Tensors = dict[str, Tensor]
LAYER = "model.layers.1.mlp.up_proj.weight"


@pytest.fixture
def llm(llm_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(llm_folder, tmp_path / "llm"))


@pytest.fixture(scope="module")
def taught(llm_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[AlignmentMode, Path]:
    return write_adapters(llm_folder, tmp_path_factory.mktemp("taught"))


@pytest.fixture
def hybrid(taught: dict[AlignmentMode, Path], tmp_path: Path) -> Path:
    return Path(shutil.copytree(taught[AlignmentMode.HYBRID], tmp_path / "hybrid"))


def change(path: Path, how: Callable[[Tensors], Tensors]) -> None:
    save_file({name: t.contiguous() for name, t in how(load_file(path)).items()}, path, {"format": "pt"})


def edit(path: Path, **values: object) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | values))


@pytest.mark.parametrize(
    ("how", "fault"),
    [
        (lambda t: dict(list(t.items())[::2]), "tensors are missing"),
        (lambda t: t | {"model.layers.9.mlp.up_proj.weight": t[LAYER] + 1}, "belong to no layer"),
        (lambda t: t | {LAYER: torch.cat([t[LAYER]] * 2)}, "cannot be loaded|another shape"),
        (lambda t: t | {LAYER: t[LAYER] * math.nan}, f"{LAYER} holds numbers that are none"),
        (lambda t: t | {LAYER: t[LAYER] / 0}, "holds numbers that are none"),
        (lambda t: t | {LAYER: t[LAYER] * 0}, f"{LAYER} is zero throughout"),
        (lambda t: {name: tensor * 0 for name, tensor in t.items()}, "is zero throughout"),
    ],
    ids=["half", "more", "shape", "nan", "inf", "zero", "all zero"],
)
def test_weights_that_are_not_the_models(llm: Path, how: Callable[[Tensors], Tensors], fault: str) -> None:
    change(llm / "model.safetensors", how)
    with pytest.raises(ModelError, match=fault):
        load_llm(llm)


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"num_hidden_layers": 1}, "belong to no layer"),
        ({"num_hidden_layers": 3}, "tensors are missing"),
        ({"num_hidden_layers": 1_000_000}, "says num_hidden_layers is 1,000,000; its 21 tensors"),
        ({"vocab_size": 10**9}, "says vocab_size is 1,000,000,000"),
        ({"hidden_size": "x"}, "cannot be loaded"),
        ({"auto_map": {"AutoConfig": "evil.Config"}, "model_type": "evil"}, "cannot be loaded"),
    ],
    ids=["fewer", "more", "a million", "wide", "words", "code"],
)
def test_a_configuration_that_is_not_the_weights(llm: Path, values: dict, fault: str) -> None:
    edit(llm / "config.json", **values)
    with pytest.raises(ModelError, match=fault):
        load_llm(llm)


@pytest.mark.parametrize(
    "name", ["../outside/x.safetensors", "/x.safetensors", "..", "a/x.safetensors", "missing.safetensors", 3]
)
def test_shards_lie_in_the_folder(llm: Path, name: object) -> None:
    outside = llm.parent / "outside"
    outside.mkdir()
    (llm / "model.safetensors").rename(outside / "x.safetensors")
    (llm / "model.safetensors.index.json").write_text(json.dumps({"weight_map": {"w": name}}))
    with pytest.raises(
        ModelError, match="outside its folder|lacks 1 of 1 weight files|does not say in which file"
    ):
        load_llm(llm)


def test_an_adapter_in_place_of_a_model_would_name_another(llm: Path) -> None:
    (llm / "adapter_config.json").write_text(json.dumps({"base_model_name_or_path": "../outside"}))
    with pytest.raises(ModelError, match="names another model"):
        load_llm(llm)


def test_a_tokenizer_of_more_tokens_than_the_model_knows(llm: Path) -> None:
    change(
        llm / "model.safetensors",
        lambda t: t | {n: t[n][:100] for n in ("model.embed_tokens.weight", "lm_head.weight")},
    )
    edit(llm / "config.json", vocab_size=100, pad_token_id=0)
    with pytest.raises(ModelError, match="has .* tokens, its model knows 100"):
        load_llm(llm)


@pytest.mark.parametrize(
    ("how", "fault"),
    [
        (lambda t: {}, "changes nothing"),
        (lambda t: {n: x * 0 if "lora_" in n else x for n, x in t.items()}, "changes nothing"),
        (lambda t: dict(list(t.items())[::2]), "changes nothing|is missing, expected"),
        (lambda t: dict(list(t.items())[1:]), "is missing, expected"),
        (lambda t: t | {"more": torch.ones(2)}, "more is .*, expected missing"),
        (lambda t: {n: x * math.nan for n, x in t.items()}, "numbers that are none"),
        (lambda t: {n: x.repeat(*[2] * x.dim()) for n, x in t.items()}, "does not fit"),
        (lambda t: {n: x.int() for n, x in t.items()}, "other numbers|changes nothing"),
    ],
    ids=["empty", "zero", "half", "one less", "more", "nan", "shape", "type"],
)
def test_an_adapter_that_is_not_the_models(
    llm_folder: Path, hybrid: Path, how: Callable[[Tensors], Tensors], fault: str
) -> None:
    whole = read_adapter(hybrid)
    save_file({n: t.contiguous() for n, t in how(whole).items()}, hybrid / "adapter_model.safetensors")
    with pytest.raises(ModelError, match=fault):
        load_aligned(llm_folder, {AlignmentMode.HYBRID: hybrid})


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"r": 10**9}, "rank of 1,000,000,000"),
        ({"rank_pattern": {"lm_head": 10**8}}, "rank of 100,000,000"),
        ({"target_modules": "(a+)+$"}, "target_modules: Input should be a valid list"),
        ({"target_modules": []}, "target_modules"),
        ({"lora_alpha": "8"}, "lora_alpha"),
        ({"peft_type": "IA3"}, "peft_type"),
        ({"use_rslora": True}, "use_rslora is 'True', which this program does not know"),
        ({"layer_replication": [[0, 1]]}, "layer_replication"),
        ({"megatron_config": {"x": 1}}, "megatron_config"),
        ({"init_lora_weights": "pissa"}, "init_lora_weights"),
    ],
)
def test_an_adapters_configuration_is_plain(llm_folder: Path, hybrid: Path, values: dict, fault: str) -> None:
    edit(hybrid / "adapter_config.json", **values)
    with pytest.raises(ModelError, match=fault):
        load_aligned(llm_folder, {AlignmentMode.HYBRID: hybrid})


def test_rows_of_an_adapter_lie_in_its_matrices(tmp_path: Path) -> None:
    few = torch.zeros(100, 4)
    few[3] = 1
    write_adapter({"w": few}, tmp_path)
    path = tmp_path / "adapter_model.safetensors"
    for rows, n in ((torch.tensor([200]), 100), (torch.tensor([-1]), 100), (torch.tensor([3]), 10**12)):
        save_file(load_file(path) | {"w.rows": rows}, path, {"n_rows": json.dumps({"w": n})})
        with pytest.raises(ModelError, match="is damaged"):
            read_adapter(tmp_path)


@pytest.mark.parametrize(
    ("how", "sizes", "fault"),
    [
        (lambda t: dict(list(t.items())[1:]), {}, "is missing, expected"),
        (lambda t: t | {"more": torch.ones(1)}, {}, "more is .*expected nothing"),
        (lambda t: {n: x * math.nan for n, x in t.items()}, {}, "numbers that are none"),
        (lambda t: {n: x * 0 for n, x in t.items()}, {}, "zero throughout"),
        (lambda t: t | {"scale": torch.tensor([1.0, 0.0])}, {}, "scale is not above zero"),
        (lambda t: t, {"vector_size": 10**9}, "its sizes are"),
        (lambda t: t, {"vector_size": 5}, "expected"),
        (lambda t: t, {"vector_size": None}, "its sizes are"),
    ],
)
def test_a_connector_that_is_none(
    tmp_path: Path, how: Callable[[Tensors], Tensors], sizes: dict, fault: str
) -> None:
    path = tmp_path / "connector.safetensors"
    Connector(4, 8).save(path)
    stated = json.dumps({"vector_size": 4, "embedding_size": 8} | sizes)
    save_file({n: t.contiguous() for n, t in how(load_file(path)).items()}, path, {"sizes": stated})
    with pytest.raises(ModelError, match=fault):
        Connector.load(path)


@pytest.mark.parametrize(
    ("file", "values"),
    [
        ("tokenizer_config.json", {"model_max_length": "512"}),
        ("config.json", {"rms_norm_eps": -1e9}),
    ],
)
def test_settings_that_only_an_answer_shows(llm: Path, file: str, values: dict) -> None:
    edit(llm / file, **values)
    with pytest.raises(ModelError, match="cannot read a word|numbers that are none"):
        load_llm(llm)
