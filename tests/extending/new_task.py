"""An alignment task: which of two items the target prefers for a user."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from recexplainer_core.alignment.answers import AnswerLabels
from recexplainer_core.alignment.context import Example, TaskContext
from recexplainer_core.alignment.soft_labels import FloatArray
from recexplainer_core.alignment.target_order import unseen_in_order
from recexplainer_core.alignment.tasks.base import AlignmentTask, Metric, Probe
from recexplainer_core.catalogue import Catalogue
from recexplainer_core.histories import History
from recexplainer_core.lm.encoding import Answer
from recexplainer_core.prompting.prompts import ask
from recexplainer_core.recommenders.base import Recommender
from recexplainer_core.surrogate.probes import Probes

PATTERNS = (
    "\nWhich {item} suits this {user} better, {it} or {other}?",
    "\nChoose one of these {items}: {it}; {other}.",
)
"""The first is the one that held-out users are asked."""


@dataclass(frozen=True)
class EitherTitle:
    """The answer: one of two titles, each as right as the target finds it probable."""

    items: tuple[int, int]

    def encode(self, labels: AnswerLabels, probabilities: FloatArray, rng: random.Random) -> Answer:
        return labels.one_of(self.items, probabilities[list(self.items)], rng)


def pair_examples(context: TaskContext, n: int) -> list[Example]:
    """Ask n users which of two unseen items the target prefers."""
    examples = []
    for users in context.users(n):
        for user in users:
            unseen = np.setdiff1d(np.arange(len(context.catalogue)), user.history).tolist()
            if len(unseen) > 1:
                one, other = context.rng.sample(unseen, 2)
                pattern = context.rng.choice(PATTERNS)
                question = ask(context.catalogue, pattern, user.form, user.history, [one], [other])
                examples.append(Example(question, EitherTitle((one, other)), user))
    return examples


Pair = tuple[int, int]
"""Two unseen items, the one that the target prefers first."""


def draw_pair(catalogue: Catalogue, target: Recommender, history: History, rng: random.Random) -> Pair | None:
    """Draw the question for one held-out user."""
    [order] = unseen_in_order(target, [history.recent], [history.items])
    if len(order) < 2:
        return None
    better, worse = sorted(rng.sample(range(len(order)), 2))
    return int(order[better]), int(order[worse])


def choose(probes: Probes, histories: Sequence[History], pairs: Sequence[Pair]) -> list[bool]:
    """Say for each user whether the model prefers the first item, too; it sees them in the catalogue's order."""
    questions = [
        ask(probes.catalogue, PATTERNS[0], probes.form, history.recent, [min(pair)], [max(pair)])
        for history, pair in zip(histories, pairs, strict=True)
    ]
    return [first > second for first, second in probes.scores_of(questions, histories, pairs)]


TASK = AlignmentTask(
    title="choice between two items",
    n_examples=8_000,
    draw=pair_examples,
    probe=Probe(
        question=draw_pair,
        replies=choose,
        metrics={
            "pair_accuracy": Metric(
                lambda pair, agrees: float(agrees),
                name="Pairs",
                says="Share of users for whom the model prefers the same one of two items as the target.",
                chance=0.5,
            )
        },
    ),
)
