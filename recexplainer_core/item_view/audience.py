"""To whom the target recommends an item."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from recexplainer_core.histories import Histories, History, IntArray
from recexplainer_core.rationale.verdict import LISTED
from recexplainer_core.recommenders.base import Recommender, mask_seen

MOST_ASKED = 20_000
"""Users who are asked about; of more, as many are drawn."""
_BATCH = 512


@dataclass(frozen=True)
class Audience:
    """Users among whose first ten an item stands.

    Args:
        users: [n], indices, those with the best place first.
        places: [n], of the item in their lists, 1 is best.
        asked: how many users were asked about.
        have: how many of them have chosen the item already, so that it is not recommended to them.
    """

    users: IntArray
    places: IntArray
    asked: int
    have: int


def audience_of(recommender: Recommender, histories: Histories, item: int, seed: int = 0) -> Audience:
    """Ask the target about every user, or about `MOST_ASKED` of them.

    Args:
        recommender: the target.
        histories: everybody's.
        item: whose audience it is.
        seed: of who is drawn, where there are more.
    """
    asked = np.arange(len(histories))
    if len(asked) > MOST_ASKED:
        asked = np.sort(np.random.default_rng(seed).choice(asked, MOST_ASKED, replace=False))
    places = np.zeros(len(asked), dtype=np.int64)
    for begin in range(0, len(asked), _BATCH):
        rows = asked[begin : begin + _BATCH]
        own = [History.of(histories[int(user)], recommender.max_history) for user in rows]
        with torch.inference_mode():
            scores = recommender.scores(recommender.user_vectors([one.recent for one in own]))
        scores = mask_seen(scores, [one.seen for one in own])
        better = (scores > scores[:, item : item + 1]).sum(dim=1)
        unseen = torch.isfinite(scores[:, item])
        places[begin : begin + len(rows)] = torch.where(unseen, better + 1, 0).numpy(force=True)
    found = np.flatnonzero((places > 0) & (places <= LISTED))
    order = found[np.argsort(places[found], kind="stable")]
    return Audience(asked[order], places[order], len(asked), int((places == 0).sum()))
