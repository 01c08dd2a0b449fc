import numpy as np
import pytest
import torch

from recexplainer_core.histories import History
from recexplainer_core.rationale.coalitions import coalitions, sets_of_size, softmax_probabilities
from tests.fakes.tiny_lm import Additive


def probability(weights, history, item) -> float:
    return float(weights[list(history)].sum(0).double().softmax(0)[item])


def rank(weights, history, item, masked) -> int:
    scores = weights[list(history)].sum(0)
    return 1 + sum(int(scores[i] > scores[item]) for i in range(len(scores)) if i not in masked)


@pytest.fixture
def weights():
    torch.manual_seed(0)
    return torch.randn(8, 8)


def test_every_subset_gets_the_targets_share_and_rank(weights):
    history = (4, 1, 6)
    [found] = coalitions(Additive(weights), [History.of(history)], [[0, 5]])
    for known in found:
        for number in range(8):
            kept = [history[j] for j in range(3) if number >> j & 1]
            assert known.probabilities[number] == pytest.approx(
                probability(weights, kept, known.item), rel=1e-4
            )
            assert known.ranks[number] == rank(weights, kept, known.item, history)


def test_subsets_are_named_by_what_is_left_in_them_or_out(weights):
    [[known]] = coalitions(Additive(weights), [History.of((4, 1, 6))], [[0]])
    assert known.whole == 7
    assert known.only([0, 2]) == 5 and known.without([0, 2]) == 2
    assert known.places({6, 4, 99}) == [0, 2]


def test_what_is_removed_can_be_replaced(weights):
    [[known]] = coalitions(Additive(weights), [History.of((4, 1))], [[0]], stand_ins=[(2, 3)])
    expected = [probability(weights, kept, 0) for kept in ((2, 3), (4, 3), (2, 1), (4, 1))]
    assert np.allclose(known.probabilities, expected, rtol=1e-4)


def test_a_history_of_more_than_ten_items_has_too_many_subsets(weights):
    with pytest.raises(ValueError, match="at most 10"):
        list(coalitions(Additive(torch.eye(12)), [History.of(range(11))], [[11]]))


def test_sets_of_a_size():
    assert sets_of_size(3, 2) == ((0, 1), (0, 2), (1, 2))


def test_scores_of_any_scale_have_changes_that_can_be_told():
    scores = torch.tensor([[0.0, 1e4, -1e4], [0.0, 1.0, 2.0]])
    found = softmax_probabilities(scores, [0, 1, 2])
    assert (found > 0).all() and np.isfinite(found / found[:, :1]).all()
    assert found[1] == pytest.approx(scores[1].softmax(0).numpy())
