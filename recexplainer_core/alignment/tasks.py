"""The tasks about one item: the next one, what an item is and what it is like, and why it is recommended."""

from __future__ import annotations

import random

import numpy as np
import torch
import torch.nn.functional as F

from recexplainer_core.alignment.asking import Asker, Example
from recexplainer_core.alignment.facts import description, known_attributes
from recexplainer_core.rationale.attribution import leave_one_out
from recexplainer_core.rationale.teacher import Teacher
from recexplainer_core.recommenders.base import top_items
from recexplainer_core.surrogate import prompts
from recexplainer_core.surrogate.prompts import Content

EXPLAINED_RANKS = (1, 1, 1, 2, 3, 4, 5, 6, 8, 10)
"""Ranks of the items that rationales are taught for; one in ten is any other item of the catalogue."""


def next_item_examples(asker: Asker, n: int) -> list[Example]:
    """Task 1, next-item retrieval."""
    return [
        Example(prompts.next_item(asker.catalogue, history, asker.form(), asker.wording()), None, history)
        for histories in asker.histories(n)
        for history in histories
    ]


def description_examples(asker: Asker, per_item: int) -> list[Example]:
    """Task 4, item discrimination: the title with some of the item's attributes, or the item most like it."""
    catalogue, rng = asker.catalogue, asker.rng
    nearest = nearest_items(asker.recommender.item_vectors)
    examples: list[Example] = []
    for item in range(len(catalogue)):
        known = known_attributes(catalogue, item)
        for _ in range(per_item):
            told = rng.sample(known, min(len(known), rng.randint(2, 4)))
            answer = description(catalogue, item, told, rng)
            question = prompts.describe_item(catalogue, item, asker.form(), asker.wording())
            examples.append(Example(question, answer, ()))
        if per_item and len(catalogue) > 1:
            question = prompts.most_alike(catalogue, item, asker.form(), asker.wording())
            examples.append(Example(question, (Content(catalogue.titles[nearest[item]]),), ()))
    return examples


def rationale_examples(asker: Asker, n: int) -> list[Example]:
    """Task 7, rationale: the answer words the target's own attribution of the item."""
    catalogue, rng = asker.catalogue, asker.rng
    teacher = Teacher(catalogue)
    examples: list[Example] = []
    for histories in asker.histories(n):
        lists = top_items(asker.recommender, histories, max(EXPLAINED_RANKS))
        items = []
        for history, ranked in zip(histories, lists, strict=True):
            if rng.random() < 0.1:
                items.append(_any_other(len(catalogue), history, rng))
            else:
                items.append(ranked[min(rng.choice(EXPLAINED_RANKS), len(ranked)) - 1].item)
        for attribution in leave_one_out(asker.recommender, histories, items):
            answer = teacher.write(teacher.plan(attribution), rng)
            question = prompts.rationale(
                catalogue, attribution.history, attribution.item, asker.form(), asker.wording()
            )
            examples.append(Example(question, answer, attribution.history))
    return examples


def nearest_items(item_vectors: torch.Tensor, at_once: int = 1024) -> list[int]:
    """Return for each item [n_items, d] the other one with the most similar vector, by cosine."""
    directions = F.normalize(item_vectors.float(), dim=1)
    nearest: list[int] = []
    for start in range(0, len(directions), at_once):
        cosines = directions[start : start + at_once] @ directions.T
        rows = torch.arange(len(cosines))
        cosines[rows, start + rows] = -torch.inf
        nearest += cosines.argmax(1).tolist()
    return nearest


def _any_other(n_items: int, history: tuple[int, ...], rng: random.Random) -> int:
    outside = np.setdiff1d(np.arange(n_items), history)
    return int(outside[rng.randrange(len(outside))])
