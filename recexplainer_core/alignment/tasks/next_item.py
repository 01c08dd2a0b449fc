"""Task 1, next-item retrieval: the target's whole distribution over the unseen items."""

from __future__ import annotations

import random
from dataclasses import dataclass

from recexplainer_core.alignment.answers import AnswerLabels
from recexplainer_core.alignment.context import Example, TaskContext, UserContext
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
        return labels.any_unseen(self.seen, probabilities, rng)


def next_item_examples(context: TaskContext, n: int) -> list[Example]:
    """Ask for about n next items: of users, and of what they were when their history was shorter.

    Several titles answer a question, as each of them says more of the target's distribution for hardly any tokens.
    """
    catalogue, examples = context.catalogue, []
    for users in context.users(-(-n // (context.draws * (1 + context.prefixes)))):
        for user in users:
            for asked in (user, *_earlier(context, user)):
                question = prompts.next_item(catalogue, asked.history, asked.form, context.variant())
                examples += [Example(question, AnyUnseen(asked.history), asked)] * context.draws
    return examples


def _earlier(context: TaskContext, user: UserContext) -> list[UserContext]:
    """Return a user with some beginnings of the history."""
    lengths = range(1, len(user.history))
    drawn = context.rng.sample(lengths, min(context.prefixes, len(lengths))) if context.prefixes else ()
    return [UserContext(user.history[:length], user.form, user) for length in drawn]


TASK = AlignmentTask("next-item retrieval", 48_000, next_item_examples)
