"""The target's order of the unseen items, and what it likes and dislikes by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import torch

from recexplainer_core.alignment.context import TaskContext, UserContext
from recexplainer_core.histories import IntArray
from recexplainer_core.recommenders.base import Recommender

LIKED, DISLIKED = 0.2, 0.5
"""The target likes an item from the top fifth of its order on, and does not from the middle of it down."""
BANDS = ((0.0, LIKED), (LIKED, DISLIKED), (DISLIKED, 1.0))
"""Stretches of the target's order, its favourites at 0."""


def unseen_in_order(
    recommender: Recommender,
    histories: Sequence[Sequence[int]],
    seen: Sequence[Sequence[int]] | None = None,
) -> list[IntArray]:
    """Return for each history the unseen items, the target's favourites first.

    Args:
        recommender: the target.
        histories: one per user.
        seen: items to leave out, for each user; the history itself unless given.
    """
    with torch.inference_mode():
        scores = recommender.scores(recommender.user_vectors(histories)).numpy()
    orders = np.argsort(-scores, axis=1, kind="stable")
    left_out = seen if seen is not None else histories
    return [order[~np.isin(order, items)] for order, items in zip(orders, left_out, strict=True)]


def users_with_orders(context: TaskContext, n: int) -> Iterator[tuple[UserContext, IntArray]]:
    """Yield n users, each with the unseen items in the target's order."""
    for users in context.users(n):
        orders = unseen_in_order(context.recommender, [user.history for user in users])
        yield from zip(users, orders, strict=True)


def chance_of_yes(percentile: float) -> float:
    """Return how likely "Yes" is right for an item at a place of the target's order, 0 being its first."""
    return float(np.clip((DISLIKED - percentile) / (DISLIKED - LIKED), 0.0, 1.0))
