"""A spec of a base language model leads to its source."""

import subprocess
import sys
from pathlib import Path

import pytest

from recexplainer_core.errors import ModelError
from recexplainer_core.lm.folder import FolderSource
from recexplainer_core.lm.gguf import GgufSource
from recexplainer_core.lm.hub import HubModel, HubSource
from recexplainer_core.lm.sources import TrainingData, find_source, read_pinned
from recexplainer_core.lm.wheel import WheelSource
from recexplainer_core.pocket.source import PocketSource
from recexplainer_core.progress import silent


class NoData(TrainingData):
    """Fails if anything is read."""


def test_a_word_a_folder_or_else_a_hub_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "models" / "mine").mkdir(parents=True)
    (tmp_path / "pocket").mkdir()
    (tmp_path / "models" / "blob").touch()
    for spec, kind in (
        ("pocket", PocketSource),
        ("smollm2", WheelSource),
        ("mine.gguf", GgufSource),
        ("MINE.GGUF", GgufSource),
        ("models/blob", GgufSource),
        ("models/mine", FolderSource),
        (str(tmp_path), FolderSource),
        ("models/other", HubSource),
        ("gpt2", HubSource),
        ("Pocket", HubSource),
    ):
        assert type(find_source(spec)) is kind, spec


def test_sources_are_listed_without_waiting_for_the_libraries() -> None:
    script = (
        "import sys; from recexplainer_core.lm.sources import LLM_SOURCES; LLM_SOURCES.items(); "
        "print([m for m in ('torch', 'transformers', 'huggingface_hub') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_pocket_lm_depends_on_the_data_its_size_and_the_seed() -> None:
    standard, quick = find_source("pocket", seed=3), find_source("pocket", quick=True, seed=3)
    assert standard.trained
    assert standard.parameters["seed"] == 3
    assert standard.parameters["config"]["hidden_size"] > quick.parameters["config"]["hidden_size"]


def test_a_folder_is_known_by_its_name_and_content(tmp_path: Path) -> None:
    folder, copy = tmp_path / "one" / "mine", tmp_path / "two" / "mine"
    for place in (folder, copy):
        place.mkdir(parents=True)
        (place / "model.safetensors").write_text("weights")
    source = find_source(str(folder))
    assert source.parameters == find_source(str(copy)).parameters
    assert source.prepare(tmp_path, NoData(), silent) == {"folder": str(folder)}
    assert (source.llm_folder(tmp_path), source.pinned(tmp_path)) == (folder, None)
    (copy / "model.safetensors").write_text("other weights")
    assert source.parameters != find_source(str(copy)).parameters


def test_a_folder_without_safetensors_is_no_language_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="holds no safetensors weights"):
        find_source(str(tmp_path)).prepare(tmp_path, NoData(), silent)


def test_a_model_of_the_hub_stays_the_one_that_was_pinned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def snapshot_download(hub_id: str, revision: str | None, allow_patterns: list[str]) -> str:
        return f"/cache/{hub_id}/{revision or 'b' * 40}"

    monkeypatch.setattr("huggingface_hub.snapshot_download", snapshot_download)
    source = find_source("someone/model")
    assert source.parameters == {"llm": "someone/model"}
    model = HubModel(hub_id="someone/model", revision="b" * 40)
    assert source.prepare(tmp_path, NoData(), silent) == model.model_dump()
    assert source.pinned(tmp_path) == model
    assert source.llm_folder(tmp_path) == Path("/cache/someone/model") / ("b" * 40)


def test_what_a_bundle_records_says_which_model_it_is() -> None:
    recorded = {"hub_id": "someone/model", "revision": "a" * 40}
    model = read_pinned(recorded)
    assert model == HubModel(**recorded)
    assert (model.name, model.version) == ("someone/model", "revision " + "a" * 40)
    with pytest.raises(ValueError, match="revision: String should match"):
        read_pinned(recorded | {"revision": "main"})
    for unknown in ({"hub_id": "someone/model"}, {"wheel": "x"}, "someone/model", None):
        with pytest.raises(ValueError, match="in a way that this version does not know"):
            read_pinned(unknown)
