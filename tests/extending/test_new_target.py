"""A target is one file and one line: a build trains it, and it does what every recommender must."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from recexplainer_core.cli import main
from recexplainer_core.histories import Histories
from recexplainer_core.progress import silent
from recexplainer_core.recommenders.registry import RECOMMENDERS
from tests.extending.new_target import Cooccurrence, CooccurrenceConfig, train_cooccurrence
from tests.recommenders.contract import RecommenderContract


@pytest.fixture(scope="module", autouse=True)
def registered(register: Callable) -> None:
    register(RECOMMENDERS, "cooccurrence", "tests.extending.new_target:TARGET")


def test_a_build_trains_the_new_target_and_says_how_good_it_is(ring: Path, tmp_path: Path) -> None:
    options = ["--target", "cooccurrence", "--quick", "--until", "target"]
    with pytest.raises(SystemExit) as stop:
        main(["build", f"sequences:{ring}", "--out", str(tmp_path / "out"), *options])
    assert not stop.value.code
    folder = tmp_path / "out.build" / "target"
    config = json.loads((folder / "model" / "config.json").read_text())
    assert (config["kind"], config["dimension"]) == ("cooccurrence", 8)
    assert json.loads((folder / "stage.json").read_text())["outcome"]["hr@10"] > 0.9


class TestCooccurrenceContract(RecommenderContract):
    """What every recommender must do, the new one does."""

    least_hr = 1.0

    @staticmethod
    def train(histories: Histories, n_items: int, folder: Path) -> Cooccurrence:
        return train_cooccurrence(histories, n_items, CooccurrenceConfig(dimension=8), folder, silent)
