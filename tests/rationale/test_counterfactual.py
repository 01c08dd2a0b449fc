import pytest
import torch

from recexplainer_core.histories import History
from recexplainer_core.rationale.coalitions import coalitions
from recexplainer_core.rationale.counterfactual import change, edited, smallest_decisive_set
from recexplainer_core.recommenders.base import top_items
from tests.fakes.bundle import FakeRecommender
from tests.fakes.tiny_lm import Additive


def target(n: int = 12) -> Additive:
    """Item 0 leads to item 8, item 1 a little as well; item 2 leads to item 9."""
    weights = torch.zeros(n, n)
    weights[0, 8], weights[1, 8], weights[2, 9] = 2.0, 1.0, 1.5
    return Additive(weights)


def test_what_a_removal_does_to_the_item_and_to_the_list():
    history = History.of([0, 1, 2])
    after = change(target(), history, history.without({0}), [8], k=2)
    assert (after.ranks[8], after.ranks_after[8]) == (1, 2)
    assert after.listed == (8, 9) and after.listed_after == (9, 8)
    assert after.probabilities_after[8] < after.probabilities[8] and after.gain(8) < 0
    assert history.without({0}).recent == history.without({0}).items == (1, 2)


def test_what_was_removed_is_not_recommended_and_nothing_older_moves_up():
    recommender = target()
    recommender.max_history = 2
    history = History.of([0, 1, 2], recommender.max_history)
    assert history.without({1}).recent == (2,)
    after = change(recommender, history, history.without({1}), [8])
    assert not {0, 1, 2} & set(after.listed_after)


def test_removing_nothing_changes_nothing():
    history = History.of([0, 1, 2])
    after = change(target(), history, history.without({7}), [8])
    assert after.gain(8) == pytest.approx(0) and after.listed == after.listed_after


def test_removed_items_stay_seen_and_added_ones_become_seen() -> None:
    history = History.of((3, 4, 5))
    found = change(FakeRecommender(20), history, edited(history, (3, 9), 10), (10,), k=5)
    assert found.listed == (6, 7, 8, 9, 10)
    assert found.listed_after == (10, 11, 12, 13, 14)
    assert (found.ranks[10], found.ranks_after[10]) == (5, 1)
    assert found.ranks_after[6] == 14, "behind 10 to 19 and, round the end, 0 to 2"
    assert found.probabilities_after[10] > found.probabilities_after[11]


def test_an_unchanged_history_changes_nothing_but_the_window() -> None:
    recommender, history = FakeRecommender(20), History.of(range(12), 10)
    found = change(recommender, history, edited(history, history.recent, 10), k=5)
    listed = tuple(best.item for best in top_items(recommender, [history.items], 5)[0])
    assert found.listed == found.listed_after == listed
    assert found.ranks == found.ranks_after


def test_the_smallest_set_that_drops_an_item_from_the_list():
    [[known]] = coalitions(target(), [History.of((0, 1, 2))], [[8]])
    assert smallest_decisive_set(known, k=1) == (0,)
    assert smallest_decisive_set(known, k=9) is None
    [[weaker]] = coalitions(target(), [History.of((0, 1, 2))], [[9]])
    assert smallest_decisive_set(weaker, k=1) is None  # it is not first as it is


def test_two_items_that_each_suffice_have_both_to_go():
    weights = torch.zeros(6, 6)
    weights[0, 4] = weights[1, 4] = 2.0
    weights[2, 5] = 1.0
    [[known]] = coalitions(Additive(weights), [History.of((0, 1, 2))], [[4]])
    assert smallest_decisive_set(known, k=1) == (0, 1)
