from pathlib import Path

import huggingface_hub
import pytest

from recexplainer_core.errors import ModelError
from recexplainer_core.lm.hub import HubModel


def test_the_newest_commit_is_pinned_and_only_data_files_are_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def snapshot_download(hub_id: str, revision: str | None, allow_patterns: list[str]) -> str:
        asked.append((hub_id, revision))
        assert "*.safetensors" in allow_patterns
        assert not {"*", "*.bin", "*.py", "*.pt"} & set(allow_patterns)
        return f"/cache/snapshots/{revision or 'b' * 40}"

    monkeypatch.setattr(huggingface_hub, "snapshot_download", snapshot_download)
    model = HubModel.newest("someone/model")
    assert model == HubModel(hub_id="someone/model", revision="b" * 40)
    assert model.fetch() == Path("/cache/snapshots") / ("b" * 40)
    assert asked == [("someone/model", None), ("someone/model", "b" * 40)]


def test_a_model_that_cannot_be_had_is_a_message(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def offline(*_: object, **__: object) -> str:
        raise huggingface_hub.errors.LocalEntryNotFoundError("no connection")

    monkeypatch.setattr(huggingface_hub, "snapshot_download", offline)
    with pytest.raises(ModelError, match=r"'someone/model' is neither on this machine.*--llm PATH"):
        HubModel.newest("someone/model")


def test_it_is_found_without_a_network_where_the_hubs_cache_has_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    model = HubModel(hub_id="someone/model", revision="b" * 40)
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path))
    assert model.find() is None
    snapshot = tmp_path / "models--someone--model" / "snapshots" / ("b" * 40)
    snapshot.mkdir(parents=True)
    assert model.find() == snapshot


def test_a_malformed_id_is_a_message() -> None:
    with pytest.raises(ModelError, match="--llm PATH"):
        HubModel.newest("no such folder/at/all")
