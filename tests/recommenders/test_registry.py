from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from recexplainer_core.errors import MissingPackageError, ModelError
from recexplainer_core.recommenders.registry import RECOMMENDERS, load_recommender


@pytest.mark.parametrize("name", RECOMMENDERS.names())
def test_a_build_decides_over_history_length_and_seed_and_whether_it_is_quick(name: str) -> None:
    kind = RECOMMENDERS.get(name)
    settings = kind.settings(quick=False, max_history=7, seed=3)
    assert (settings.max_history, settings.seed) == (7, 3)
    assert asdict(settings) == asdict(kind.config) | {"max_history": 7, "seed": 3}
    assert asdict(kind.settings(True, 7, 3)) == asdict(kind.quick) | {"max_history": 7, "seed": 3}


def test_unknown_kind_names_the_known_ones(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"kind": "oracle"}))
    known = sorted(RECOMMENDERS.names())
    assert {"mf", "sasrec"} <= {*known}
    with pytest.raises(MissingPackageError, match=rf"'oracle' is no kind .*\({', '.join(known)}\)"):
        load_recommender(tmp_path)


@pytest.mark.parametrize("text", ["[]", "{}", '{"kind": 3}'])
def test_config_without_a_kind(tmp_path: Path, text: str) -> None:
    (tmp_path / "config.json").write_text(text)
    with pytest.raises(ModelError, match='no "kind"'):
        load_recommender(tmp_path)


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="nowhere"):
        load_recommender(tmp_path / "nowhere")
