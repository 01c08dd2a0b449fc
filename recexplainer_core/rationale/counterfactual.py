"""What the target would do if some items had not been in the history: the test of a reason."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from recexplainer_core.rationale.coalitions import Coalitions, sets_of_size, shares_and_ranks
from recexplainer_core.recommenders.base import Recommender, top_items


@dataclass(frozen=True)
class Consequence:
    """The place of one item before and after.

    Args:
        item: the item that is followed.
        removed: what was taken out of the history.
        history: what is left.
        rank, rank_after: the item's rank among the unseen items, 1 is best; what was removed stays seen.
        share, share_after: its softmax score.
        listed, listed_after: the target's best unseen items.
    """

    item: int
    removed: tuple[int, ...]
    history: tuple[int, ...]
    rank: int
    rank_after: int
    share: float
    share_after: float
    listed: tuple[int, ...]
    listed_after: tuple[int, ...]


def remove(
    recommender: Recommender,
    history: Sequence[int],
    item: int,
    removed: Collection[int],
    seen: Collection[int] | None = None,
    k: int = 10,
) -> Consequence:
    """Take items out of a history, follow another one.

    Only what counted before counts afterwards: no older item moves up into the place of one that is removed.

    Args:
        recommender: the target.
        history: oldest item first; the last `max_history` items count.
        item: the item to follow.
        removed: items to take out.
        seen: what is not recommended; the whole history unless given.
        k: length of the lists.
    """
    before = tuple(history)[-recommender.max_history :]
    after = tuple(i for i in before if i not in removed)
    masked = set(history if seen is None else seen)
    shares, ranks = shares_and_ranks(recommender, recommender.user_vectors([before, after]), [item], masked)
    lists = top_items(recommender, [before, after], k, [masked] * 2)
    listed, listed_after = (tuple(r.item for r in ranked) for ranked in lists)
    return Consequence(
        item,
        tuple(i for i in before if i in removed),
        after,
        int(ranks[0, 0]),
        int(ranks[1, 0]),
        float(shares[0, 0]),
        float(shares[1, 0]),
        listed,
        listed_after,
    )


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
