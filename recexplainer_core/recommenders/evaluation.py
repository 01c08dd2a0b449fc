"""How well a recommender predicts the held-out items."""

from __future__ import annotations

import numpy as np
import torch

from recexplainer_core.histories import Histories, IntArray
from recexplainer_core.recommenders.base import Recommender
from recexplainer_core.recommenders.leave_one_out import Split, evaluated_users, held_out

USERS_AT_ONCE = 512


def evaluate_leave_one_out(
    recommender: Recommender,
    histories: Histories,
    split: Split = "test",
    users: IntArray | None = None,
    k: int = 10,
) -> dict[str, float]:
    """Rank each user's held-out item among all items but those the user had before.

    Returns:
        "hr@k", the share of users whose item is among the first k; "ndcg@k", the mean over all users of
        1 / log2(1 + rank) where it is, 0 where not; "users", how many were evaluated (those with fewer than
        three items cannot be).
    """
    users = evaluated_users(histories) if users is None else users
    ranks = held_out_ranks(recommender, histories, split, users)
    hits = ranks <= k
    return {
        f"hr@{k}": float(hits.mean()) if len(users) else 0.0,
        f"ndcg@{k}": float((hits / np.log2(1 + ranks)).mean()) if len(users) else 0.0,
        "users": len(users),
    }


@torch.no_grad()
def held_out_ranks(
    recommender: Recommender, histories: Histories, split: Split, users: IntArray
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the rank of each user's held-out item; 1 is best, equal scores share their mean rank."""
    ranks = [np.empty(0)]
    for first in range(0, len(users), USERS_AT_ONCE):
        known, targets = zip(
            *(held_out(histories[int(u)], split) for u in users[first : first + USERS_AT_ONCE]), strict=True
        )
        scores = recommender.scores(recommender.user_vectors(known)).clone()
        target_scores = scores[torch.arange(len(known)), torch.tensor(targets)].unsqueeze(1)
        masked_rows = torch.tensor([row for row, items in enumerate(known) for _ in items])
        masked_items = torch.tensor([item for items in known for item in items])
        scores[masked_rows, masked_items] = -torch.inf
        # Not compared with itself, and not masked as a candidate when the user had it before.
        scores[torch.arange(len(known)), torch.tensor(targets)] = -torch.inf
        better = (scores > target_scores).sum(1)
        equal = (scores == target_scores).sum(1)
        ranks.append((1 + better + equal / 2).numpy())
    return np.concatenate(ranks)
