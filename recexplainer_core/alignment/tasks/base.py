"""What an alignment task consists of, and the registry through which training and evaluation find all of them.

A task is one module and one registration; `docs/extending.md` shows a whole one.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar

from recexplainer_core.alignment.context import Example, TaskContext
from recexplainer_core.catalogue import Catalogue
from recexplainer_core.histories import History
from recexplainer_core.recommenders.base import Recommender
from recexplainer_core.registry import Registry
from recexplainer_core.surrogate.probes import Probes

Question = TypeVar("Question")
Reply = TypeVar("Reply")


@dataclass(frozen=True)
class Metric(Generic[Question, Reply]):
    """A figure of a probe: its mean over users is reported with an interval.

    Args:
        value: for one user, from the question and the surrogate's reply; None where there is nothing to measure.
        name: what it is called on a screen.
        says: what it measures, in a sentence.
        good: which values are good; "neither" for a figure that describes and does not grade.
        chance: what guessing gives, where that is known beforehand.
    """

    value: Callable[[Question, Reply], float | None]
    name: str
    says: str
    good: Literal["high", "low", "neither"] = "high"
    chance: float | None = None


@dataclass(frozen=True)
class Probe(Generic[Question, Reply]):
    """What held-out users are asked to measure a task.

    Args:
        question: draws one user's question, with the target's own answer to it; None where none can be put. Called
            with (catalogue, target, history, rng), the rng seeded by seed, user and task.
        replies: puts n questions to one mode: (probes, n histories, n questions) -> n replies, None for none.
        metrics: key in the report -> figure.
    """

    question: Callable[[Catalogue, Recommender, History, random.Random], Question | None]
    replies: Callable[[Probes, Sequence[History], Sequence[Question]], Sequence[Reply | None]]
    metrics: Mapping[str, Metric[Question, Reply]]


@dataclass(frozen=True)
class AlignmentTask:
    """Something a language model is taught about its target.

    Args:
        title: what it is called in a model card.
        n_examples: how many questions are asked beside the 48,000 of next-item retrieval, or, where the number does
            not scale, of each item.
        draw: (context, n) -> about n examples, by `context.rng` alone.
        scales: whether the number of questions follows that of next-item retrieval when a build changes it.
        needs_vectors: whether only modes that show the target's vectors learn it.
        probe: how it is measured, unless the built-in probe set does so.
    """

    title: str
    n_examples: int
    draw: Callable[[TaskContext, int], list[Example]] = field(repr=False)
    scales: bool = True
    needs_vectors: bool = False
    probe: Probe[Any, Any] | None = field(default=None, repr=False)

    def examples(self, context: TaskContext, n: int) -> list[Example]:
        """Draw about n examples, none in a mode that does not learn the task."""
        if self.needs_vectors and not any(form.shows_vectors for form in context.forms):
            return []
        return self.draw(context, n)


TASKS: Registry[AlignmentTask] = Registry("alignment task", "recexplainer.alignment_tasks")
"""All tasks, in the order in which their examples are drawn."""
NEXT_ITEM, RATIONALE = "next_item", "rationale"

for _name in (
    *(NEXT_ITEM, "ranking", "interest", "item_discrimination", "conversation"),
    *("history_reconstruction", "preference_summary", RATIONALE, "evidence"),
):
    TASKS.register(_name, f"recexplainer_core.alignment.tasks.{_name}:TASK")
