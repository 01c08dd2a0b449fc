from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from recexplainer_core.errors import ModelError
from recexplainer_core.histories import Histories
from recexplainer_core.recommenders import sasrec
from recexplainer_core.recommenders.base import top_items
from recexplainer_core.recommenders.registry import load_recommender
from recexplainer_core.recommenders.sasrec import SASRec, SASRecConfig, SASRecNetwork
from recexplainer_core.recommenders.training import train_sasrec
from tests.recommenders.contract import RecommenderContract

SMALL = SASRecConfig(dimension=16, dropout=0.1, learning_rate=0.01, epochs=20, batch_windows=32)


class TestSASRecContract(RecommenderContract):
    least_hr = 1.0

    @staticmethod
    def train(histories: Histories, n_items: int, folder: Path) -> SASRec:
        return train_sasrec(histories, n_items, SMALL, folder)


def cycle(n: int, users: int, length: int) -> Histories:
    """Item i is always followed by i + 1 modulo n."""
    starts = np.random.default_rng(1).integers(0, n, users)
    return Histories.from_lists([[(int(s) + i) % n for i in range(length)] for s in starts])


def test_learns_a_cycle(tmp_path: Path) -> None:
    n = 30
    model = train_sasrec(cycle(n, users=300, length=15), n, replace(SMALL, dimension=32, epochs=8), tmp_path)
    histories = [[(s + i) % n for i in range(m)] for s in range(n) for m in (2, 4, 10)]
    first = [best[0].item for best in top_items(model, histories, k=1)]
    assert first == [(history[-1] + 1) % n for history in histories]


def test_order_matters(tmp_path: Path) -> None:
    forwards = cycle(12, users=100, length=8)
    both_ways = [forwards[u][:: 1 if u % 2 else -1].tolist() for u in range(len(forwards))]
    model = train_sasrec(Histories.from_lists(both_ways), 12, SMALL, tmp_path)
    (up,), (down,) = top_items(model, [[4, 5, 6, 7], [7, 6, 5, 4]], k=1)
    assert (up.item, down.item) == (8, 3)


def untrained(**settings: int) -> SASRecNetwork:
    torch.manual_seed(0)
    network = SASRecNetwork(SASRecConfig(dimension=8, **settings), n_items=20)
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.5)
    return network.eval()


def test_each_place_of_a_sequence_is_the_history_that_ends_there() -> None:
    network = untrained()
    sequence = [3, 1, 4, 1, 5, 9, 2, 6]
    positions = network(torch.tensor([sequence]))[0]
    alone = SASRec(network).user_vectors([sequence[:i] for i in range(len(sequence) + 1)])
    torch.testing.assert_close(positions, alone)


def test_scores_stay_within_one_over_the_temperature() -> None:
    model = SASRec(untrained())
    scores = model.scores(model.user_vectors([[1, 2], [3], []]))
    assert scores.abs().max() <= 1 / model.config.temperature + 1e-4


def test_many_histories_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    recommender = SASRec(untrained())
    histories = [[i % 20, (3 * i) % 20][: i % 3] for i in range(11)]
    whole = recommender.user_vectors(histories)
    monkeypatch.setattr(sasrec, "HISTORIES_AT_ONCE", 4)
    torch.testing.assert_close(recommender.user_vectors(histories), whole)


def test_loading_draws_no_random_numbers(tmp_path: Path) -> None:
    SASRec(untrained()).save(tmp_path)
    torch.manual_seed(3)
    expected = torch.rand(1)
    torch.manual_seed(3)
    load_recommender(tmp_path)
    assert torch.equal(torch.rand(1), expected)


def test_heads_must_divide_the_dimension() -> None:
    with pytest.raises(ModelError, match="8 cannot be split into 3 heads"):
        untrained(heads=3)
