"""Tasks in which the target judges items that are put before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import torch

from recexplainer_core.alignment.context import Example, TaskContext, UserContext
from recexplainer_core.histories import IntArray
from recexplainer_core.prompting import prompts
from recexplainer_core.recommenders.base import Recommender

RANKED = 5
"""Items that are put in order."""
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


def chance_of_yes(percentile: float) -> float:
    """Return how likely "Yes" is right for an item at a place of the target's order, 0 being its first."""
    return float(np.clip((DISLIKED - percentile) / (DISLIKED - LIKED), 0.0, 1.0))


def ranking_examples(context: TaskContext, n: int) -> list[Example]:
    """Task 2, item ranking: a few unseen items, named in the target's order.

    Half of the questions take any items, half take one from each part of the target's order.
    """
    catalogue, rng = context.catalogue, context.rng
    examples: list[Example] = []
    for user, order in _drawn(context, n):
        if rng.random() < 0.5:
            places = sorted(rng.sample(range(len(order)), min(RANKED, len(order))))
            wanted = [int(order[place]) for place in places]
        else:
            parts = [part for part in np.array_split(order, RANKED) if len(part)]
            wanted = [int(part[rng.randrange(len(part))]) for part in parts]
        shown = rng.sample(wanted, len(wanted))
        question = prompts.rank_items(catalogue, user.history, shown, user.form, context.wording())
        examples.append(Example(question, None, user, ordered=tuple(wanted)))
    return examples


def interest_examples(context: TaskContext, n: int) -> list[Example]:
    """Task 3, interest classification, over the whole order; between the bands of yes and no, both may be right.

    The model says yes by naming the item: so it has to weigh the title as it does when it names the next item, and
    learns from one task for the other. Asked for "Yes", it stayed at .70 where popularity alone gives .72.
    """
    examples: list[Example] = []
    for user, order in _drawn(context, n):
        low, high = context.rng.choice(BANDS)
        place = min(int(context.rng.uniform(low, high) * len(order)), len(order) - 1)
        item = int(order[place])
        question = prompts.interest(context.catalogue, user.history, item, user.form, context.wording())
        chance = chance_of_yes(place / len(order))
        examples.append(Example(question, None, user, judged=item, yes=chance))
    return examples


def _drawn(context: TaskContext, n: int) -> Iterator[tuple[UserContext, IntArray]]:
    for users in context.users(n):
        orders = unseen_in_order(context.recommender, [user.history for user in users])
        yield from zip(users, orders, strict=True)
