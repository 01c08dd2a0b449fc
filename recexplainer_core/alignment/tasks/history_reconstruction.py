"""Task 6, history reconstruction: the user's items recalled from the target's vector alone."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np

from recexplainer_core.alignment.answers import AnswerLabels
from recexplainer_core.alignment.context import Example, TaskContext, UserContext
from recexplainer_core.alignment.soft_labels import FloatArray
from recexplainer_core.alignment.tasks.base import AlignmentTask
from recexplainer_core.lm.encoding import Answer
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.prompting import prompts


@dataclass(frozen=True)
class InAnyOrder:
    """Titles of some items, each a choice among those left, all of them equally right.

    Args:
        items: in the order in which they are read.
    """

    items: tuple[int, ...]

    def encode(self, labels: AnswerLabels, probabilities: FloatArray, rng: random.Random) -> Answer:
        """Return the answer; the target's probabilities [n_items] do not count."""
        alike = np.ones(len(self.items))
        return (
            labels.listed(self.items, alike)
            if labels.says_all(rng)
            else labels.one_of(self.items, alike, rng)
        )


def recall_examples(context: TaskContext, n: int) -> list[Example]:
    """Ask for n users' histories; any order is right, so that the model says first what it is surest of."""
    return [
        Example(
            prompts.recall_history(context.catalogue, context.variant()),
            InAnyOrder(tuple(context.rng.sample(user.history, len(user.history)))),
            UserContext(user.history, AlignmentMode.INTENTION),
        )
        for users in context.users(n)
        for user in users
    ]


TASK = AlignmentTask("history reconstruction", 4_000, recall_examples, needs_vectors=True)
