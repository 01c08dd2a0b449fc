from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from recexplainer_core.alignment.config import AlignmentConfig
from recexplainer_core.alignment.loop import learning_curve
from recexplainer_core.alignment.training import CHECKPOINTS, align
from recexplainer_core.histories import Histories, History
from recexplainer_core.lm.adapters import load_aligned
from recexplainer_core.modes import ALIGNED, AlignmentMode
from recexplainer_core.pocket.training import PocketConfig, train_pocket_lm
from recexplainer_core.progress import silent
from recexplainer_core.recommenders.base import top_items
from recexplainer_core.surrogate.engine import Engine
from tests.fakes.tiny_lm import CATALOGUE, Additive

rng = np.random.default_rng(0)
HISTORIES = Histories.from_lists([list(rng.permutation(10)[:4]) for _ in range(80)])
USERS = np.arange(30)
POCKET = PocketConfig(
    hidden_size=48, layers=3, heads=2, vocabulary_size=700, block=32, tokens=6000, batch_size=8, checkpoints=3
)
CONFIG = AlignmentConfig(
    examples={
        "next_item": 4000,
        "ranking": 20,
        "interest": 1000,
        "item_discrimination": 1,
        "conversation": 20,
        "history_reconstruction": 20,
        "preference_summary": 20,
        "rationale": 20,
    },
    rank=16,
    alpha=32,
    batch_size=32,
    learning_rate=5e-3,
    first_probability=0.9,
    checkpoints=4,
)


class Interrupted(Exception):
    pass


def stop_at(step: int):
    def progress(done: int, total: int, note: str) -> None:
        if done == step:
            raise Interrupted

    return progress


@pytest.fixture(scope="module")
def pocket(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pocket")
    train_pocket_lm(CATALOGUE, HISTORIES, USERS, POCKET, folder, 0, silent)
    return folder / "model"


def chain_target() -> Additive:
    """Item i speaks for i + 1, the more the larger i is."""
    return Additive(torch.roll(torch.diag(torch.arange(1.0, 11.0)), 1, dims=1))


def test_an_interrupted_pocket_lm_ends_up_the_same(pocket: Path, tmp_path: Path):
    with pytest.raises(Interrupted):
        train_pocket_lm(CATALOGUE, HISTORIES, USERS, POCKET, tmp_path, 0, stop_at(17))
    train_pocket_lm(CATALOGUE, HISTORIES, USERS, POCKET, tmp_path, 0, silent)
    expected = load_file(pocket / "model.safetensors")
    for name, tensor in load_file(tmp_path / "model" / "model.safetensors").items():
        assert torch.equal(tensor, expected[name]), name


@pytest.mark.slow
def test_an_interrupted_alignment_ends_up_the_same(pocket: Path, tmp_path: Path):
    def run(folder: Path, progress) -> dict[str, torch.Tensor]:
        config = replace(CONFIG, examples={**CONFIG.examples, "next_item": 200})
        align(
            AlignmentMode.HYBRID,
            pocket,
            CATALOGUE,
            HISTORIES,
            USERS,
            chain_target(),
            config,
            folder,
            0,
            progress,
        )
        adapter = folder / "adapter"
        return load_file(adapter / "adapter_model.safetensors") | load_file(adapter / "connector.safetensors")

    whole = run(tmp_path / "whole", silent)
    with pytest.raises(Interrupted):
        run(tmp_path / "resumed", stop_at(5))
    resumed = run(tmp_path / "resumed", silent)
    curve = learning_curve(tmp_path / "whole" / CHECKPOINTS)
    assert curve == learning_curve(tmp_path / "resumed" / CHECKPOINTS)
    assert [seen for seen, _ in curve] == sorted({seen for seen, _ in curve}) and len(curve) > 3
    assert whole.keys() == resumed.keys()
    assert all(torch.equal(whole[name], resumed[name]) for name in whole)


@pytest.mark.slow
@pytest.mark.parametrize("mode", ALIGNED)
def test_alignment_teaches_what_the_target_does(pocket: Path, tmp_path: Path, mode: AlignmentMode):
    target = chain_target()
    align(mode, pocket, CATALOGUE, HISTORIES, USERS, target, CONFIG, tmp_path, 0, silent)
    engine = Engine(load_aligned(pocket, {mode: tmp_path / "adapter"}), CATALOGUE, target)
    held_out = [History.of(HISTORIES[u]) for u in range(30, 80)]
    wanted = [row[0].item for row in top_items(target, [history.items for history in held_out], 1)]

    def right(asked: AlignmentMode) -> float:
        lists = engine.predict(held_out, [asked] * len(held_out), k=1)
        return float(np.mean([row[0].item == item for row, item in zip(lists, wanted, strict=True)]))

    assert right(mode) > 0.6
    assert right(mode) > right(AlignmentMode.NONE) + 0.3
    assert not list((tmp_path / "adapter").glob("*.bin"))
    assert (
        "/"
        not in (tmp_path / "adapter" / "adapter_config.json")
        .read_text()
        .split("base_model_name_or_path")[1][:12]
    )
