from __future__ import annotations

from recexplainer_core.recommenders.base import Recommendation, top_items
from tests.recommenders.known_scores import KnownScores

FIVE = KnownScores([0.5, 3.0, 2.0, 4.0, 1.0])


def items(best: list[Recommendation]) -> list[int]:
    return [recommendation.item for recommendation in best]


def test_best_first_without_the_history() -> None:
    first, second = top_items(FIVE, [[3, 0], []], k=3)
    assert first == [Recommendation(1, 3.0), Recommendation(2, 2.0), Recommendation(4, 1.0)]
    assert items(second) == [3, 1, 2]


def test_seen_takes_the_place_of_the_history() -> None:
    (best,) = top_items(FIVE, [[3]], k=2, seen=[{1}])
    assert items(best) == [3, 2]


def test_the_list_is_short_where_little_is_unseen() -> None:
    assert [items(best) for best in top_items(FIVE, [[0, 1, 2, 3], range(5)], k=10)] == [[4], []]


def test_masking_leaves_the_recommender_alone() -> None:
    top_items(FIVE, [[3]], k=1)
    assert items(top_items(FIVE, [[]], k=1)[0]) == [3]


def test_nobody() -> None:
    assert top_items(FIVE, [], k=3) == []
