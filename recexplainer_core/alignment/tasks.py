"""The alignment tasks: questions whose answers come from the target, as examples to learn from."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np

from recexplainer_core.alignment.augmentation import HistorySampler
from recexplainer_core.alignment.facts import description, known_attributes
from recexplainer_core.catalogue import Catalogue
from recexplainer_core.rationale.attribution import leave_one_out
from recexplainer_core.rationale.teacher import Teacher
from recexplainer_core.recommenders.base import Recommender, top_items
from recexplainer_core.surrogate import prompts
from recexplainer_core.surrogate.modes import AlignmentMode
from recexplainer_core.surrogate.prompts import Prompt

_BATCH = 2048
EXPLAINED_RANKS = (1, 1, 1, 2, 3, 4, 5, 6, 8, 10)
"""Ranks of the items that rationales are taught for; one in ten is any other item of the catalogue."""


@dataclass(frozen=True)
class Example:
    """One question, and the history whose vector fills the user slot.

    Args:
        prompt: the question.
        answer: what is said; None where it is the next item, for which the target gives probabilities.
        history: oldest item first.
    """

    prompt: Prompt
    answer: Prompt | None
    history: tuple[int, ...]


def next_item_examples(
    catalogue: Catalogue, sampler: HistorySampler, mode: AlignmentMode, n: int, rng: random.Random
) -> list[Example]:
    """Task 1, next-item retrieval."""
    examples: list[Example] = []
    for _ in range(n):
        history = sampler.draw()
        if len(history) == len(catalogue):
            continue
        question = prompts.next_item(catalogue, history, mode, rng.randrange(prompts.WORDINGS))
        examples.append(Example(question, None, history))
    return examples


def description_examples(
    catalogue: Catalogue, mode: AlignmentMode, per_item: int, rng: random.Random
) -> list[Example]:
    """Task 4, item discrimination: the answer is the title with some of the item's attributes."""
    examples: list[Example] = []
    for item in range(len(catalogue)):
        known = known_attributes(catalogue, item)
        for _ in range(per_item):
            told = rng.sample(known, min(len(known), rng.randint(2, 4)))
            answer = description(catalogue, item, told, rng)
            question = prompts.describe_item(catalogue, item, mode, rng.randrange(prompts.WORDINGS))
            examples.append(Example(question, answer, ()))
    return examples


def rationale_examples(
    catalogue: Catalogue,
    recommender: Recommender,
    sampler: HistorySampler,
    mode: AlignmentMode,
    n: int,
    rng: random.Random,
) -> list[Example]:
    """Task 7, rationale: the answer words the target's own attribution of the item.

    A drawn history that holds the whole catalogue leaves nothing to explain, and is passed over.
    """
    teacher = Teacher(catalogue)
    examples: list[Example] = []
    for start in range(0, n, _BATCH):
        drawn = [sampler.draw() for _ in range(min(_BATCH, n - start))]
        histories = [history for history in drawn if len(history) < len(catalogue)]
        lists = top_items(recommender, histories, max(EXPLAINED_RANKS))
        items = []
        for history, ranked in zip(histories, lists, strict=True):
            if rng.random() < 0.1:
                items.append(_any_other(len(catalogue), history, rng))
            else:
                items.append(ranked[min(rng.choice(EXPLAINED_RANKS), len(ranked)) - 1].item)
        for attribution in leave_one_out(recommender, histories, items):
            answer = teacher.write(teacher.plan(attribution), rng)
            question = prompts.rationale(
                catalogue, attribution.history, attribution.item, mode, rng.randrange(prompts.WORDINGS)
            )
            examples.append(Example(question, answer, attribution.history))
    return examples


def _any_other(n_items: int, history: tuple[int, ...], rng: random.Random) -> int:
    outside = np.setdiff1d(np.arange(n_items), history)
    return int(outside[rng.randrange(len(outside))])
