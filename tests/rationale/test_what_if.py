import torch
from recexplainer_core.rationale.what_if import change

from recexplainer_core.recommenders.base import top_items
from tests.fakes.bundle import FakeRecommender


def test_removed_items_stay_seen_and_added_ones_become_seen() -> None:
    target = FakeRecommender(20)
    found = change(target, (3, 4, 5), (3, 9), (10,), k=5)
    assert found.listed == (6, 7, 8, 9, 10)
    assert found.listed_after == (10, 11, 12, 13, 14)
    assert (found.ranks[10], found.ranks_after[10]) == (5, 1)
    assert found.ranks_after[6] == 14, "behind 10 to 19 and, round the end, 0 to 2"
    probabilities = torch.tensor([found.probabilities_after[10], found.probabilities_after[11]])
    assert probabilities[0] > probabilities[1]


def test_an_unchanged_history_changes_nothing_but_the_window() -> None:
    target = FakeRecommender(20)
    history = tuple(range(12))
    found = change(target, history, history[-10:], k=5)
    assert found.listed == found.listed_after == tuple(r.item for r in top_items(target, [history], 5)[0])
    assert found.ranks == found.ranks_after
