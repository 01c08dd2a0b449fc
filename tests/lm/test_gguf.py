"""A GGUF file becomes a folder that everything else reads, once, whole or not at all."""

import json
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest
import torch

from recexplainer_core.errors import DataError, ModelError
from recexplainer_core.lm.base_llm import check_causal, load_llm
from recexplainer_core.lm.gguf import GgufSource, converted
from recexplainer_core.lm.sources import LLM_SUFFIXES, TrainingData, find_source
from recexplainer_core.progress import silent
from tests.fakes.tiny_gguf import tensors, write_gguf


class NoData(TrainingData):
    """Fails if anything is read."""


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RECEXPLAINER_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_gguf(tmp_path / "Tiny.gguf")


def left(cache: Path) -> list[str]:
    """Return what lies in the cache for language models, but the locks."""
    return [path.name for path in (cache / "llms").iterdir() if path.suffix != ".lock"]


def test_a_file_is_a_source_whose_model_the_bundle_holds(
    file: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    source = find_source(str(file))
    assert type(source) is GgufSource
    assert source.parameters == {"llm": "Tiny.gguf", "sha256": source.parameters["sha256"]}
    told: list[tuple[int, int, str]] = []
    outcome = source.prepare(tmp_path, NoData(), lambda done, total, note: told.append((done, total, note)))
    assert outcome == {"converted": "Tiny.gguf"}
    assert [done for done, _, _ in told] == [0, 1, 2, 3, 4] and {total for _, total, _ in told} == {4}
    assert source.pinned(tmp_path) is None
    folder = source.llm_folder(tmp_path)
    assert {path.suffix for path in folder.iterdir()} <= LLM_SUFFIXES
    assert capfd.readouterr().err == "", "no bar of transformers comes through"


def test_the_folder_holds_the_files_weights_and_tokenizer(file: Path) -> None:
    model, tokenizer = load_llm(converted(file, "a" * 64))
    check_causal(model, file)
    embeddings = tensors()["token_embd.weight"]
    assert np.array_equal(model.get_input_embeddings().weight.detach().float().numpy(), embeddings)
    ids = tokenizer("<|im_start|>the the<|im_end|>").input_ids
    assert [tokenizer.decode([one]) for one in ids] == ["<|im_start|>", "the", " the", "<|im_end|>"]
    assert (tokenizer.pad_token, tokenizer.eos_token) == ("<|im_end|>", "<|im_end|>")
    chat = tokenizer.apply_chat_template([{"role": "user", "content": "the"}], tokenize=False)
    assert chat == "<|im_start|>the<|im_end|>"
    assert model.config.max_position_embeddings == 256


def test_weights_are_kept_in_half_precision(file: Path) -> None:
    config = json.loads((converted(file, "a" * 64) / "config.json").read_text())
    assert config["dtype"] == str(torch.float16).removeprefix("torch.")
    assert "quantization_config" not in config


def test_what_lies_beside_the_file_is_not_mixed_in(file: Path) -> None:
    (file.parent / "config.json").write_text('{"model_type": "gpt2", "vocab_size": 5}')
    (file.parent / "tokenizer_config.json").write_text('{"pad_token": "evil"}')
    model, tokenizer = load_llm(converted(file, "a" * 64))
    assert model.config.model_type == "llama" and tokenizer.pad_token == "<|im_end|>"


def test_it_is_converted_once(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = converted(file, "a" * 64)
    monkeypatch.setattr("recexplainer_core.lm.gguf.save_as_safetensors", not_again)
    assert converted(file, "a" * 64) == folder


def not_again(*_: object) -> NoReturn:
    raise AssertionError("converted a second time")


def test_two_processes_at_once_make_one_folder(file: Path, cache: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from recexplainer_core.lm.gguf import converted; "
        "print(converted(Path(sys.argv[1]), 'a' * 64))"
    )
    both = [
        subprocess.Popen([sys.executable, "-c", script, file], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = {one.communicate()[0].strip() for one in both}
    assert said == {str(cache / "llms" / ("a" * 64))} and [one.returncode for one in both] == [0, 0]
    assert left(cache) == ["a" * 64]


@pytest.mark.parametrize("step", range(4))
def test_an_interrupt_leaves_nothing_half_written(file: Path, cache: Path, step: int) -> None:
    def interrupt(done: int, total: int, note: str) -> None:
        if done == step:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        converted(file, "a" * 64, interrupt)
    assert left(cache) == []
    (cache / "llms" / ("a" * 64 + ".part")).mkdir()  # as a killed process leaves it
    converted(file, "a" * 64)
    assert left(cache) == ["a" * 64]


def refused(file: Path, cache: Path) -> str:
    with pytest.raises(ModelError) as fault:
        converted(file, "a" * 64)
    assert str(file) in str(fault.value) and left(cache) == []
    return str(fault.value)


@pytest.mark.parametrize("content", [b"", b"GGU", b"PK\x03\x04" + b"\0" * 99])
def test_a_file_that_is_no_gguf(file: Path, cache: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert "is no GGUF file" in refused(file, cache) and "--llm" in refused(file, cache)


@pytest.mark.parametrize("share", [0.0005, 0.01, 0.1, 0.3, 0.6, 0.99])
def test_a_file_that_is_cut_short(file: Path, cache: Path, share: float) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: max(4, int(share * len(content)))])
    assert "is damaged or cut short" in refused(file, cache)


@pytest.mark.parametrize("architecture", ["rwkv7", "clip"])
def test_a_model_that_transformers_does_not_open(tmp_path: Path, cache: Path, architecture: str) -> None:
    message = refused(write_gguf(tmp_path / "other.gguf", architecture), cache)
    assert f"the {architecture} architecture" in message and "--llm DIR" in message


def test_a_model_without_some_of_its_weights(tmp_path: Path, cache: Path) -> None:
    refused(write_gguf(tmp_path / "lacking.gguf", without="blk.1.ffn_up.weight"), cache)


def test_one_part_of_several(tmp_path: Path, cache: Path) -> None:
    message = refused(write_gguf(tmp_path / "part.gguf", parts=3), cache)
    assert "one of 3 parts" in message and "--merge" in message


def test_a_model_that_is_too_large_for_the_memory(
    file: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full:
        available = 1000

    monkeypatch.setattr("psutil.virtual_memory", Full)
    assert "are free. Close other programs" in refused(file, cache)


def test_a_cache_that_cannot_be_written(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "occupied").write_text("x")
    monkeypatch.setenv("RECEXPLAINER_CACHE", str(tmp_path / "occupied"))
    with pytest.raises(ModelError, match=r"cannot be put into the cache.*RECEXPLAINER_CACHE"):
        converted(file, "a" * 64)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    source = find_source(str(tmp_path / "gone.gguf"))
    with pytest.raises(DataError, match=r"gone\.gguf: cannot be read"):
        source.prepare(tmp_path, NoData(), silent)
