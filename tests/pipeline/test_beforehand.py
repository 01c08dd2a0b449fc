"""What is found out before a build starts, in one sentence."""

import errno
from pathlib import Path

import pytest
from safetensors import SafetensorError

from recexplainer_core.bundle.manifest import Manifest
from recexplainer_core.errors import BundleError, DataError, ModelError, RecExplainerError
from recexplainer_core.pipeline import beforehand
from recexplainer_core.pipeline.beforehand import no_room_said, require_same_data, require_writable
from recexplainer_core.pipeline.build import build
from recexplainer_core.pipeline.settings import BuildOptions
from tests.pipeline.test_build import SMALL, Watcher


def test_a_folder_that_can_be_written_is_left_as_it_was(tmp_path: Path) -> None:
    require_writable(tmp_path / "deep" / "mine.build")
    assert not list(tmp_path.iterdir())
    (tmp_path / "there.build").mkdir()
    require_writable(tmp_path / "there.build")
    assert list((tmp_path / "there.build").iterdir()) == []


@pytest.mark.parametrize("below", ["file/mine.build", "file/deep/mine.build"])
def test_nothing_can_be_built_below_a_file(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(
        RecExplainerError, match=r"mine\.build cannot be written \(.+\)\. Choose another --out"
    ):
        require_writable(tmp_path / below)


@pytest.mark.parametrize(
    "fault",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        SafetensorError("No space left on device (os error 28)"),
    ],
)
def test_a_full_disk_is_one_sentence(tmp_path: Path, fault: Exception) -> None:
    with (
        pytest.raises(RecExplainerError, match="the build cannot go on .*No space left"),
        no_room_said(tmp_path),
    ):
        raise fault


@pytest.mark.parametrize(
    "fault", [FileNotFoundError(errno.ENOENT, "gone"), SafetensorError("header"), OSError("x")]
)
def test_what_is_a_fault_of_the_program_stays_one(tmp_path: Path, fault: Exception) -> None:
    with pytest.raises(type(fault)), no_room_said(tmp_path):
        raise fault


@pytest.mark.parametrize(
    ("reading", "refused"),
    [
        ({"spec": "sequences:a", "sha256": "1"}, False),
        ({"spec": "sequences:moved", "sha256": "1"}, False),
        ({"spec": "sequences:a", "sha256": "2"}, False),
        ({"spec": "sequences:b", "sha256": "2"}, True),
    ],
)
def test_a_bundle_of_other_data_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reading: dict[str, str], refused: bool
) -> None:
    there = Manifest.model_construct(name="Books", stages={"data": {"spec": "sequences:a", "sha256": "1"}})
    monkeypatch.setattr(beforehand, "read_manifest", lambda _: there)
    if not refused:
        return require_same_data(tmp_path, reading)
    with pytest.raises(BundleError, match="a bundle of other data: Books, read from sequences:a.*--fresh"):
        require_same_data(tmp_path, reading)


def test_models_and_conversations_are_looked_at_before_anything_runs(ring: Path, tmp_path: Path) -> None:
    (tmp_path / "llm").mkdir()
    (tmp_path / "talk.jsonl").write_text("[]")
    for faulty, fault in (
        ({"llm": str(tmp_path / "llm")}, ModelError),
        ({"conversation": tmp_path / "talk.jsonl"}, DataError),
    ):
        watcher = Watcher()
        with pytest.raises(fault):
            build(BuildOptions(f"sequences:{ring}", tmp_path / "out", **SMALL, **faulty), watcher, "test")
        assert not watcher.ran
