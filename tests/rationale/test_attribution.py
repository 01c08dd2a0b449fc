from itertools import permutations

import numpy as np
import pytest
import torch

from recexplainer_core.histories import History
from recexplainer_core.rationale.attribution import attribute
from tests.fakes.tiny_lm import Additive


def probability(weights: torch.Tensor, history, item: int) -> float:
    return float(weights[list(history)].sum(0).double().softmax(0)[item])


def brute_force(weights, history, item):
    effects = dict.fromkeys(history, 0.0)
    orders = list(permutations(history))
    for order in orders:
        for place, joined in enumerate(order):
            effects[joined] += probability(weights, order[: place + 1], item) - probability(
                weights, order[:place], item
            )
    return [effects[i] / len(orders) for i in history]


def test_effects_are_shapley_values_of_a_target_that_can_be_solved_by_hand():
    torch.manual_seed(0)
    weights = torch.randn(8, 8)
    histories, items = [[0, 1, 2], [3], []], [[5, 4], [1], [0]]
    found = attribute(Additive(weights), [History.of(one) for one in histories], items)
    for history, explained, attributions in zip(histories, items, found, strict=True):
        for item, one in zip(explained, attributions, strict=True):
            assert np.allclose(one.effects, brute_force(weights, history, item), atol=1e-5)
            assert one.probability == pytest.approx(probability(weights, history, item), rel=1e-4)
            assert one.error == 0
            left = [probability(weights, [j for j in history if j != gone], item) for gone in history]
            assert np.allclose(one.losses, [one.probability - rest for rest in left], atol=1e-6)


def test_ranks_without_the_strongest_items():
    weights = torch.zeros(6, 6)
    weights[0, 3], weights[1, 3], weights[2, 4] = 2.0, 1.0, 0.5
    [[one]] = attribute(Additive(weights), [History.of([0, 1, 2])], [[3]])
    assert one.rank == 1
    assert one.ranks_without == (1, 2, 1)


def test_an_item_that_the_target_ignores_has_no_effect():
    weights = torch.zeros(5, 5)
    weights[0, 4] = 3.0
    [[found]] = attribute(Additive(weights), [History.of([0, 1, 2])], [[4]])
    assert found.effects[0] > 0.4
    assert np.allclose(found.effects[1:], 0, atol=1e-9)


def test_only_the_items_that_the_target_looks_at_are_attributed():
    [[found]] = attribute(Additive(torch.eye(12)), [History.of(range(12), 10)], [[0]])
    assert found.history == tuple(range(2, 12))


def test_long_histories_are_sampled_and_the_error_is_stated():
    torch.manual_seed(2)
    target = Additive(0.5 * torch.randn(14, 14))
    target.max_history = 12
    [[sampled]] = attribute(target, [History.of(range(12))], [[13]], permutations=400)
    assert sampled.interactions is None and 0 < sampled.error < 0.02
    whole = probability(target.weights, range(12), 13)
    assert sampled.effects.sum() == pytest.approx(whole - probability(target.weights, [], 13), abs=1e-5)
    left = [probability(target.weights, [j for j in range(12) if j != gone], 13) for gone in range(12)]
    assert np.allclose(sampled.losses, [whole - rest for rest in left], atol=1e-6)
    strongest = int(np.argmax(sampled.effects))
    without = [i for i in range(12) if i != strongest]
    scores = target.weights[without].sum(0)
    assert sampled.ranks_without[0] == 1 + int(scores[12] > scores[13])
