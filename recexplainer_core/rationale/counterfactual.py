"""What the target makes of another history: items taken out, added, put in another order. The test of a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from recexplainer_core.histories import History
from recexplainer_core.rationale.coalitions import Coalitions, probabilities_and_ranks, sets_of_size
from recexplainer_core.recommenders.base import Recommender, top_items


@dataclass(frozen=True)
class Change:
    """The target's answers before and after an edit.

    Args:
        listed, listed_after: its best unseen items, best first.
        ranks, ranks_after: item -> rank among the unseen items, 1 is best, for every item of either list and those
            followed.
        probabilities, probabilities_after: the softmax scores of the same items.
    """

    listed: tuple[int, ...]
    listed_after: tuple[int, ...]
    ranks: Mapping[int, int]
    ranks_after: Mapping[int, int]
    probabilities: Mapping[int, float]
    probabilities_after: Mapping[int, float]

    def gain(self, item: int) -> float:
        """Return by which part of itself the score of an item rises, below 0 where it falls."""
        return self.probabilities_after[item] / self.probabilities[item] - 1


def edited(history: History, items: Sequence[int], max_history: int) -> History:
    """Return a history after an edit: what was taken out stays seen, what was added is seen too."""
    return History.of(items, max_history, history.seen | set(items))


def change(
    recommender: Recommender, before: History, after: History, followed: Sequence[int] = (), k: int = 10
) -> Change:
    """Ask the target about a history as it was and as it was edited.

    Args:
        recommender: the target.
        before: as it was.
        after: as it was edited, see `edited` and `History.without`.
        followed: items to tell the ranks and scores of, beside those that are listed.
        k: length of the lists.
    """
    versions = (before, after)
    recent = [version.recent for version in versions]
    vectors = recommender.user_vectors(recent)
    lists = [
        tuple(best.item for best in ranked)
        for ranked in top_items(recommender, recent, k, [version.seen for version in versions])
    ]
    items = list(dict.fromkeys([*lists[0], *lists[1], *followed]))
    ranks, probabilities = [], []
    for row, version in enumerate(versions):
        found = probabilities_and_ranks(recommender, vectors[row : row + 1], items, version.seen)
        probabilities.append({item: float(one) for item, one in zip(items, found[0][0], strict=True)})
        ranks.append({item: int(rank) for item, rank in zip(items, found[1][0], strict=True)})
    return Change(lists[0], lists[1], ranks[0], ranks[1], probabilities[0], probabilities[1])


def smallest_decisive_set(known: Coalitions, k: int = 10) -> tuple[int, ...] | None:
    """Return the places of the fewest items whose removal drops the item from the first k; None where none does.

    Of several such sets, the one after whose removal the item ranks worst.
    """
    if known.ranks[known.whole] > k:
        return None
    n = len(known.history)
    for size in range(1, n + 1):
        fallen = [(int(known.ranks[known.without(places)]), places) for places in sets_of_size(n, size)]
        worst, places = max(fallen, default=(0, ()))
        if worst > k:
            return places
    return None
