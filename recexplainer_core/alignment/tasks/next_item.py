"""Task 1, next-item retrieval: the target's whole distribution over the unseen items."""

from __future__ import annotations

import random
from dataclasses import dataclass

from recexplainer_core.alignment.answers import AnswerLabels
from recexplainer_core.alignment.context import Example, TaskContext, UserContext
from recexplainer_core.alignment.soft_labels import FloatArray
from recexplainer_core.alignment.tasks.base import AlignmentTask
from recexplainer_core.lm.encoding import Answer
from recexplainer_core.modes import AlignmentMode
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


@dataclass(frozen=True)
class NextOfList(AnyUnseen):
    """The first token of such a title, where it is the next one of a list."""

    def encode(self, labels: AnswerLabels, probabilities: FloatArray, rng: random.Random) -> Answer:
        """Return the answer by the target's probabilities [n_items]."""
        return labels.next_of_list(self.seen, probabilities, rng)


def next_item_examples(context: TaskContext, n: int) -> list[Example]:
    """Ask for about n next items: of users, and of what they were when their history was shorter.

    Several titles answer a question, as each of them says more of the target's distribution for hardly any tokens.
    """
    catalogue, examples = context.catalogue, []
    for users in context.users(-(-n // (context.draws * (1 + context.prefixes)))):
        for user in users:
            examples += _in_passing(context, user)
            for asked in (user, *_earlier(context, user)):
                question = prompts.next_item(catalogue, asked.history, asked.form, context.variant())
                examples += [Example(question, AnyUnseen(asked.history), asked)] * context.draws
    return examples


def _in_passing(context: TaskContext, user: UserContext) -> list[Example]:
    """Ask behind each title of a history but the last; no vector may stand before it, which knows them all."""
    if not context.in_passing or user.form is not AlignmentMode.BEHAVIOUR:
        return []
    return [
        Example(
            prompts.history_so_far(context.catalogue, user.history[:length], user.form),
            NextOfList(user.history[:length]),
            UserContext(user.history[:length], user.form, user),
            goes_on=True,
        )
        for length in range(1, len(user.history))
    ]


def _earlier(context: TaskContext, user: UserContext) -> list[UserContext]:
    """Return a user with some beginnings of the history."""
    lengths = range(1, len(user.history))
    drawn = context.rng.sample(lengths, min(context.prefixes, len(lengths))) if context.prefixes else ()
    return [UserContext(user.history[:length], user.form, user) for length in drawn]


TASK = AlignmentTask("next-item retrieval", 48_000, next_item_examples)
