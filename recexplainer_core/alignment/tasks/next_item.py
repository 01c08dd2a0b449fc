"""Task 1, next-item retrieval: the target's whole distribution over the unseen items."""

from __future__ import annotations

import random
from dataclasses import dataclass

from recexplainer_core.alignment.answers import AnswerLabels
from recexplainer_core.alignment.context import Example, TaskContext
from recexplainer_core.alignment.soft_labels import FloatArray
from recexplainer_core.alignment.tasks.base import AlignmentTask
from recexplainer_core.lm.encoding import Answer
from recexplainer_core.prompting import prompts


@dataclass(frozen=True)
class AnyUnseen:
    """The title of any unseen item, each as right as the target finds it probable.

    Args:
        seen: the history.
    """

    seen: tuple[int, ...]

    def encode(self, labels: AnswerLabels, probabilities: FloatArray, rng: random.Random) -> Answer:
        """Return the answer by the target's probabilities [n_items]."""
        return labels.titles.answer(probabilities, self.seen, rng)


def next_item_examples(context: TaskContext, n: int) -> list[Example]:
    """Ask n users' next items."""
    return [
        Example(
            prompts.next_item(context.catalogue, user.history, user.form, context.variant()),
            AnyUnseen(user.history),
            user,
        )
        for users in context.users(n)
        for user in users
    ]


TASK = AlignmentTask("next-item retrieval", 48_000, next_item_examples)
