import numpy as np
import torch

from recexplainer_core.rationale.attribution import leave_one_out
from tests.surrogate.tiny_lm import Additive


def log_score(weights: torch.Tensor, history: list[int], item: int) -> float:
    return float(weights[history].sum(0).log_softmax(0)[item])


def test_effects_and_ranks_are_those_of_a_target_that_can_be_solved_by_hand():
    torch.manual_seed(0)
    weights = torch.randn(8, 8)
    histories, items = [[0, 1, 2], [3], [4, 5, 6, 7]], [5, 1, 0]
    for found, history, item in zip(
        leave_one_out(Additive(weights), histories, items), histories, items, strict=True
    ):
        whole = log_score(weights, history, item)
        expected = [whole - log_score(weights, [j for j in history if j != left], item) for left in history]
        assert np.allclose(found.effects, expected, atol=1e-5)
        scores = weights[history].sum(0)
        rivals = [i for i in range(8) if i not in history and scores[i] > scores[item]]
        assert found.rank == len(rivals) + 1


def test_an_item_that_the_target_ignores_has_no_effect():
    weights = torch.zeros(5, 5)
    weights[0, 4] = 3.0
    [found] = leave_one_out(Additive(weights), [[0, 1, 2]], [4])
    assert found.effects[0] > 1
    assert np.allclose(found.effects[1:], 0)


def test_only_the_items_that_the_target_looks_at_are_attributed():
    target = Additive(torch.eye(12))
    [found] = leave_one_out(target, [list(range(12))], [0])
    assert found.history == tuple(range(2, 12))
