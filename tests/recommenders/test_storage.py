from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest
import torch

from recexplainer_core.errors import ModelError
from recexplainer_core.recommenders.matrix_factorization import MatrixFactorizationConfig
from recexplainer_core.recommenders.registry import load_recommender
from recexplainer_core.recommenders.storage import replace_file, write_model, write_tensors


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "weights"
    replace_file(path, b"old")

    def fail(descriptor: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        replace_file(path, b"new")
    assert path.read_bytes() == b"old"


def test_nothing_else_is_left_behind(tmp_path: Path) -> None:
    replace_file(tmp_path / "new folder" / "weights", b"content")
    assert [p.name for p in (tmp_path / "new folder").iterdir()] == ["weights"]


def test_weights_are_numbers_and_settings_are_said(tmp_path: Path) -> None:
    write_model(
        tmp_path,
        "mf",
        asdict(MatrixFactorizationConfig(dimension=2)) | {"n_items": 2},
        {"item_vectors": torch.eye(2)},
    )
    load_recommender(tmp_path)
    for vectors, fault in (
        (torch.eye(2) * torch.nan, "numbers that are none"),
        (torch.zeros(2, 2), "is zero"),
    ):
        write_tensors(tmp_path / "model.safetensors", {"item_vectors": vectors}, {})
        with pytest.raises(ModelError, match=fault):
            load_recommender(tmp_path)
    config = json.loads((tmp_path / "config.json").read_text())
    del config["alpha"]
    (tmp_path / "config.json").write_text(json.dumps(config))
    with pytest.raises(ModelError, match="does not say alpha"):
        load_recommender(tmp_path)
