import pytest
import torch

from recexplainer_core.rationale.coalitions import coalitions
from recexplainer_core.rationale.counterfactual import remove, smallest_decisive_set
from tests.fakes.tiny_lm import Additive


def target(n: int = 12) -> Additive:
    """Item 0 leads to item 8, item 1 a little as well; item 2 leads to item 9."""
    weights = torch.zeros(n, n)
    weights[0, 8], weights[1, 8], weights[2, 9] = 2.0, 1.0, 1.5
    return Additive(weights)


def test_what_a_removal_does_to_the_item_and_to_the_list():
    after = remove(target(), [0, 1, 2], 8, {0}, k=2)
    assert (after.rank, after.rank_after) == (1, 2)
    assert after.listed == (8, 9) and after.listed_after == (9, 8)
    assert after.probability_after < after.probability
    assert (after.removed, after.history) == ((0,), (1, 2))


def test_what_was_removed_is_not_recommended_and_nothing_older_moves_up():
    recommender = target()
    recommender.max_history = 2
    after = remove(recommender, [0, 1, 2], 8, {1})
    assert after.history == (2,)
    assert not {0, 1, 2} & set(after.listed_after)


def test_removing_nothing_changes_nothing():
    after = remove(target(), [0, 1, 2], 8, {7})
    assert after.probability == pytest.approx(after.probability_after) and after.listed == after.listed_after


def test_the_smallest_set_that_drops_an_item_from_the_list():
    [[known]] = coalitions(target(), [(0, 1, 2)], [[8]])
    assert smallest_decisive_set(known, k=1) == (0,)
    assert smallest_decisive_set(known, k=9) is None
    [[weaker]] = coalitions(target(), [(0, 1, 2)], [[9]])
    assert smallest_decisive_set(weaker, k=1) is None  # it is not first as it is


def test_two_items_that_each_suffice_have_both_to_go():
    weights = torch.zeros(6, 6)
    weights[0, 4] = weights[1, 4] = 2.0
    weights[2, 5] = 1.0
    [[known]] = coalitions(Additive(weights), [(0, 1, 2)], [[4]])
    assert smallest_decisive_set(known, k=1) == (0, 1)
