"""What the target makes of a history that was edited: items taken out, added, put in another order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from recexplainer_core.rationale.coalitions import shares_and_ranks
from recexplainer_core.recommenders.base import Recommender, top_items


@dataclass(frozen=True)
class Change:
    """The target's answers before and after an edit.

    Args:
        listed, listed_after: its best unseen items, best first.
        ranks, ranks_after: item -> rank among the unseen items, 1 is best, for every item of either list and those
            followed.
        shares, shares_after: the softmax scores of the same items.
    """

    listed: tuple[int, ...]
    listed_after: tuple[int, ...]
    ranks: Mapping[int, int]
    ranks_after: Mapping[int, int]
    shares: Mapping[int, float]
    shares_after: Mapping[int, float]


def seen_after(history: Sequence[int], edited: Sequence[int]) -> frozenset[int]:
    """Return what is not recommended after an edit: what was taken out stays seen, what was added is seen too."""
    return frozenset(history) | frozenset(edited)


def change(
    recommender: Recommender,
    history: Sequence[int],
    edited: Sequence[int],
    followed: Sequence[int] = (),
    k: int = 10,
) -> Change:
    """Ask the target about a history as it was and as it was edited.

    Args:
        recommender: the target; the last `max_history` items of either history count.
        history: oldest item first.
        edited: the same user's history after the edit, oldest item first.
        followed: items to tell the ranks and scores of, beside those that are listed.
        k: length of the lists.
    """
    masks = [frozenset(history), seen_after(history, edited)]
    recent = [tuple(h)[-recommender.max_history :] for h in (history, edited)]
    vectors = recommender.user_vectors(recent)
    lists = [tuple(r.item for r in ranked) for ranked in top_items(recommender, recent, k, masks)]
    items = list(dict.fromkeys([*lists[0], *lists[1], *followed]))
    ranks, shares = [], []
    for row, masked in enumerate(masks):
        found = shares_and_ranks(recommender, vectors[row : row + 1], items, masked)
        shares.append({item: float(share) for item, share in zip(items, found[0][0], strict=True)})
        ranks.append({item: int(rank) for item, rank in zip(items, found[1][0], strict=True)})
    return Change(lists[0], lists[1], ranks[0], ranks[1], shares[0], shares[1])
