"""To whom the target recommends an item, and how that compares with the other items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch

from recexplainer_core.histories import Histories, History, IntArray
from recexplainer_core.rationale.verdict import LISTED
from recexplainer_core.recommenders.base import Recommender, mask_seen

MOST_ASKED = 20_000
"""Users who are asked about; of more, as many are drawn."""
CLOSEST = 10
"""Users who are named where nobody is recommended the item."""
_BATCH, _CELLS = 512, 20_000_000


@dataclass(frozen=True)
class Everybody:
    """What does not depend on the item: who is asked about, and what the target makes of them.

    Args:
        users: [n], indices of those asked about.
        vectors: [n, d], the target's vector of each.
        listed: [n_items], for how many of them each item is among the first ten.
    """

    users: IntArray
    vectors: torch.Tensor
    listed: IntArray


@dataclass(frozen=True)
class Audience:
    """Users among whose first ten an item stands.

    Args:
        users: [n], indices, those with the best place first.
        places: [n], of the item in their lists, 1 is best.
        asked: how many users were asked about.
        have: how many of them have chosen the item already, so that it is not recommended to them.
        closest: up to `CLOSEST` users for whom it comes next, behind the first ten; empty unless `users` is.
        closest_places: of the item in their lists.
    """

    users: IntArray
    places: IntArray
    asked: int
    have: int
    closest: IntArray
    closest_places: IntArray


def ask_everybody(recommender: Recommender, histories: Histories, seed: int = 0) -> Everybody:
    """Ask the target about every user, or about `MOST_ASKED` of them.

    Args:
        recommender: the target.
        histories: everybody's.
        seed: of who is drawn, where there are more.
    """
    users = np.arange(len(histories))
    if len(users) > MOST_ASKED:
        users = np.sort(np.random.default_rng(seed).choice(users, MOST_ASKED, replace=False))
    n_items = len(recommender.item_vectors)
    listed = np.zeros(n_items, dtype=np.int64)
    vectors = []
    for own in _batches(recommender, histories, users):
        with torch.inference_mode():
            vectors.append(recommender.user_vectors([one.recent for one in own]))
            scores = mask_seen(recommender.scores(vectors[-1]), [one.seen for one in own])
        best = scores.topk(min(LISTED, n_items))
        listed += np.bincount(best.indices[best.values > -torch.inf].numpy(force=True), minlength=n_items)
    empty = torch.zeros(0, recommender.item_vectors.shape[1])
    return Everybody(users, torch.cat(vectors) if vectors else empty, listed)


def audience_of(recommender: Recommender, histories: Histories, everybody: Everybody, item: int) -> Audience:
    """Return to whom the target recommends an item.

    Args:
        recommender: the target.
        histories: everybody's.
        everybody: what `ask_everybody` has answered of them.
        item: whose audience it is.
    """
    asked = everybody.users
    places = np.zeros(len(asked), dtype=np.int64)
    begin = 0
    for own in _batches(recommender, histories, asked):
        end = begin + len(own)
        with torch.inference_mode():
            scores = mask_seen(recommender.scores(everybody.vectors[begin:end]), [one.seen for one in own])
        better = (scores > scores[:, item : item + 1]).sum(dim=1)
        unseen = torch.isfinite(scores[:, item])
        places[begin:end] = torch.where(unseen, better + 1, 0).numpy(force=True)
        begin = end
    ranked = np.flatnonzero(places)
    ranked = ranked[np.argsort(places[ranked], kind="stable")]
    found = ranked[places[ranked] <= LISTED]
    closest = ranked[: 0 if len(found) else CLOSEST]
    return Audience(
        asked[found],
        places[found],
        len(asked),
        int((places == 0).sum()),
        asked[closest],
        places[closest],
    )


def _batches(recommender: Recommender, histories: Histories, users: IntArray) -> Iterator[list[History]]:
    size = max(1, min(_BATCH, _CELLS // len(recommender.item_vectors)))
    for begin in range(0, len(users), size):
        yield [
            History.of(histories[int(user)], recommender.max_history) for user in users[begin : begin + size]
        ]
