from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from recexplainer_core.errors import ModelError
from recexplainer_core.histories import Histories
from recexplainer_core.recommenders import training
from recexplainer_core.recommenders.evaluation import evaluate_leave_one_out
from recexplainer_core.recommenders.sasrec import SASRec, SASRecConfig
from recexplainer_core.recommenders.training import train_sasrec

N_ITEMS = 40
CONFIG = SASRecConfig(dimension=8, epochs=5, patience=5, batch_windows=16, learning_rate=0.01)


class Interrupted(Exception):
    """Ctrl-C, as far as training can tell."""


def noisy_histories(seed: int = 0) -> Histories:
    random = np.random.default_rng(seed)
    return Histories.from_lists([random.integers(0, N_ITEMS, 9).tolist() for _ in range(70)])


def weights(sasrec: SASRec) -> list[bytes]:
    return [t.numpy().tobytes() for t in sasrec.state_dict().values()]


def train_with_interrupts(folder: Path, at: set[int], config: SASRecConfig = CONFIG) -> SASRec:
    pending = set(at)

    def progress(done: int, total: int, note: str) -> None:
        if done in pending:
            pending.remove(done)
            raise Interrupted

    while True:
        try:
            return train_sasrec(noisy_histories(), N_ITEMS, config, folder, progress)
        except Interrupted:
            torch.rand(17)  # A new process would have another random state as well.


def test_resumed_training_ends_with_the_same_weights(tmp_path: Path) -> None:
    straight = train_sasrec(noisy_histories(), N_ITEMS, CONFIG, tmp_path / "straight")
    interrupted = train_with_interrupts(tmp_path / "interrupted", at={2, 8, 13, 25})
    assert weights(interrupted) == weights(straight)


def test_resuming_goes_on_behind_the_last_finished_epoch(tmp_path: Path) -> None:
    train_with_interrupts(tmp_path, at={12})
    steps: list[int] = []
    config = replace(CONFIG, seed=1)

    def stop_at_twelve(done: int, total: int, note: str) -> None:
        if done == 12:
            raise Interrupted

    with pytest.raises(Interrupted):
        train_sasrec(noisy_histories(), N_ITEMS, config, tmp_path / "other", stop_at_twelve)
    train_sasrec(noisy_histories(), N_ITEMS, config, tmp_path / "other", lambda done, *_: steps.append(done))
    assert steps[0] == 11, "70 windows make 5 steps an epoch; the third epoch was interrupted"


def test_a_finished_training_is_not_repeated(tmp_path: Path) -> None:
    first = train_sasrec(noisy_histories(), N_ITEMS, CONFIG, tmp_path)
    calls: list[int] = []
    again = train_sasrec(noisy_histories(), N_ITEMS, CONFIG, tmp_path, lambda done, *_: calls.append(done))
    assert weights(again) == weights(first)
    assert len(calls) == 1


def test_the_seed_decides(tmp_path: Path) -> None:
    def trained(name: str, seed: int) -> list[bytes]:
        return weights(
            train_sasrec(noisy_histories(), N_ITEMS, replace(CONFIG, epochs=1, seed=seed), tmp_path / name)
        )

    assert trained("a", 1) == trained("b", 1) != trained("c", 2)


def test_the_random_state_of_the_caller_is_left_alone(tmp_path: Path) -> None:
    torch.manual_seed(3)
    expected = torch.rand(1)
    torch.manual_seed(3)
    train_sasrec(noisy_histories(), N_ITEMS, replace(CONFIG, epochs=1), tmp_path)
    assert torch.equal(torch.rand(1), expected)


def test_the_best_epoch_is_returned_and_training_stops_early(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scores = iter([0.1, 0.3, 0.2, 0.2, 0.9])
    by_epoch: list[list[bytes]] = []

    def scripted(recommender: SASRec, *_: object) -> dict[str, float]:
        by_epoch.append(weights(recommender))
        return {"ndcg@10": next(scores)}

    monkeypatch.setattr(training, "evaluate_leave_one_out", scripted)
    sasrec = train_sasrec(noisy_histories(), N_ITEMS, replace(CONFIG, patience=2), tmp_path)
    assert len(by_epoch) == 4
    assert weights(sasrec) == by_epoch[1]


def test_nothing_is_learned_from_the_last_item(tmp_path: Path) -> None:
    histories = noisy_histories()
    changed = np.array(histories.items)
    changed[histories.offsets[1:] - 1] = 0
    other = Histories(histories.user_ids, histories.offsets, changed)
    one = train_sasrec(histories, N_ITEMS, CONFIG, tmp_path / "one")
    two = train_sasrec(other, N_ITEMS, CONFIG, tmp_path / "two")
    assert weights(one) == weights(two)


def test_chance_is_not_beaten_on_noise(tmp_path: Path) -> None:
    random = np.random.default_rng(5)
    noise = Histories.from_lists([random.permutation(N_ITEMS)[:9].tolist() for _ in range(400)])
    sasrec = train_sasrec(noise, N_ITEMS, replace(CONFIG, epochs=8), tmp_path)
    assert evaluate_leave_one_out(sasrec, noise)["hr@10"] == pytest.approx(10 / 32, abs=0.08)


def test_a_checkpoint_of_other_settings_is_refused(tmp_path: Path) -> None:
    train_sasrec(noisy_histories(), N_ITEMS, replace(CONFIG, epochs=1), tmp_path)
    with pytest.raises(ModelError, match="other data or settings"):
        train_sasrec(noisy_histories(), N_ITEMS, CONFIG, tmp_path)
    with pytest.raises(ModelError, match="other data or settings"):
        train_sasrec(noisy_histories(seed=1), N_ITEMS, replace(CONFIG, epochs=1), tmp_path)


def test_a_damaged_checkpoint_is_named(tmp_path: Path) -> None:
    (tmp_path / training.CHECKPOINT).write_bytes(b"half a fi")
    with pytest.raises(ModelError, match=training.CHECKPOINT):
        train_sasrec(noisy_histories(), N_ITEMS, CONFIG, tmp_path)


def test_progress_ends_at_its_total(tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    train_sasrec(
        noisy_histories(), N_ITEMS, CONFIG, tmp_path, lambda done, total, note: heard.append((done, total))
    )
    assert heard == sorted(heard)
    assert heard[-1] == (25, 25)


@pytest.mark.parametrize(("users", "expected_epochs"), [(40, 60), (16 * 50, 26), (16 * 200, 10)])
def test_epochs_suit_the_size_of_the_data(tmp_path: Path, users: int, expected_epochs: int) -> None:
    steps = -(-users // CONFIG.batch_windows)

    def stop(done: int, total: int, note: str) -> None:
        assert total == steps * expected_epochs
        raise Interrupted

    with pytest.raises(Interrupted):
        histories = Histories.from_lists([[1, 2, 3, 4]] * users)
        train_sasrec(histories, N_ITEMS, replace(CONFIG, epochs=None), tmp_path, stop)


def test_very_short_histories(tmp_path: Path) -> None:
    histories = Histories.from_lists([[], [1], [2, 3], [4, 5, 6]])
    sasrec = train_sasrec(histories, N_ITEMS, CONFIG, tmp_path)
    assert sasrec.scores(sasrec.user_vectors([[1]])).isfinite().all()
