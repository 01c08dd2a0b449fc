"""Task 2, item ranking: a few unseen items in the target's order."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np

from recexplainer_core.alignment.answers import AnswerLabels
from recexplainer_core.alignment.context import Example, TaskContext
from recexplainer_core.alignment.soft_labels import FloatArray
from recexplainer_core.alignment.target_order import users_with_orders
from recexplainer_core.alignment.tasks.base import AlignmentTask
from recexplainer_core.lm.encoding import Answer
from recexplainer_core.prompting import prompts

RANKED = 5
"""Items that are put in order."""


@dataclass(frozen=True)
class InOrder:
    """Titles of some items, each a choice among those left, as right as the target finds it probable.

    Where only the first is said, each is half as right as the one before it: so what the model holds of the later ones
    is learnt as well.

    Args:
        items: in the target's order.
    """

    items: tuple[int, ...]

    def encode(self, labels: AnswerLabels, probabilities: FloatArray, rng: random.Random) -> Answer:
        """Return the answer by the target's probabilities [n_items]."""
        if labels.says_all(rng):
            return labels.listed(self.items, probabilities[list(self.items)], restricted=True)
        return labels.one_of(self.items, np.power(0.5, np.arange(len(self.items), dtype=np.float64)), rng)


def ranking_examples(context: TaskContext, n: int) -> list[Example]:
    """Ask n users' orders: half of the questions take any items, half take one from each part of the target's."""
    catalogue, rng = context.catalogue, context.rng
    examples: list[Example] = []
    for user, order in users_with_orders(context, n):
        if rng.random() < 0.5:
            places = sorted(rng.sample(range(len(order)), min(RANKED, len(order))))
            ranked = [int(order[place]) for place in places]
        else:
            parts = [part for part in np.array_split(order, RANKED) if len(part)]
            ranked = [int(part[rng.randrange(len(part))]) for part in parts]
        shown = rng.sample(ranked, len(ranked))
        question = prompts.rank_items(catalogue, user.history, shown, user.form, context.variant())
        examples.append(Example(question, InOrder(tuple(ranked)), user))
    return examples


TASK = AlignmentTask("item ranking", 8_000, ranking_examples)
