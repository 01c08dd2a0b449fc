"""What the target answers, about histories as they are and about changed ones: cached, for it never varies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recexplainer_core.histories import History
from recexplainer_core.ui.shared.bundle_cache import cached

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.rationale.attribution import Attribution
    from recexplainer_core.rationale.counterfactual import Change

LIST_LENGTH = 10
"""Items in either model's list."""
Ranking = list[tuple[int, float]]
"""Items with their scores, best first: the target's own, or the log-probabilities of the titles."""


@cached(2000, "Asking the recommender…")
def target_list(bundle: Bundle, history: History) -> Ranking:
    """Return the target's best unseen items with their scores."""
    from recexplainer_core.recommenders.base import top_items

    (best,) = top_items(bundle.recommender, [history.recent], LIST_LENGTH, [history.seen])
    return [(recommendation.item, recommendation.score) for recommendation in best]


@cached(2000)
def softmax_scores(bundle: Bundle, history: History, items: tuple[int, ...]) -> list[float]:
    """Return the target's softmax score of some items, over its whole catalogue."""
    from recexplainer_core.rationale.coalitions import probabilities_and_ranks

    vectors = bundle.recommender.user_vectors([history.recent])
    probabilities, _ = probabilities_and_ranks(bundle.recommender, vectors, items, history.seen)
    return [float(one) for one in probabilities[0]]


@cached(500, "Asking the recommender about every part of the history…")
def attribution_of(bundle: Bundle, history: History, item: int) -> Attribution:
    """Return what each item of a history does for an item; what was seen does not count in ranks."""
    from recexplainer_core.rationale.attribution import attribute

    [[found]] = attribute(bundle.recommender, [history], [[item]])
    return found


@cached(500, "Asking the recommender again…")
def change_of(bundle: Bundle, before: History, after: History, followed: int | None) -> Change:
    """Return the target's lists, ranks and scores before and after an edit of the history."""
    from recexplainer_core.rationale.counterfactual import change

    return change(bundle.recommender, before, after, () if followed is None else (followed,), LIST_LENGTH)
