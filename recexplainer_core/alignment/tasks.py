"""The tasks about one item: the next one, what an item is and what it is like, and why it is recommended."""

from __future__ import annotations

import random
from collections.abc import Mapping

import numpy as np
import torch
import torch.nn.functional as F

from recexplainer_core.alignment.asking import Asker, Example, Subject
from recexplainer_core.alignment.facts import description, known_attributes
from recexplainer_core.catalogue import Catalogue
from recexplainer_core.rationale.attribution import Attribution, attribute
from recexplainer_core.rationale.plan import Plan, Planner
from recexplainer_core.rationale.teacher import cited, write
from recexplainer_core.recommenders.base import top_items
from recexplainer_core.surrogate import prompts
from recexplainer_core.surrogate.segments import SEPARATOR, Content, Prompt

EXPLAINED_RANKS = (1, 1, 1, 2, 3, 4, 5, 6, 8, 10)
"""Ranks of the items that rationales are taught for."""
OTHERS = 0.15
"""How often it is any other item of the catalogue."""
ITEMS_EXPLAINED = 8
"""Items of which is asked, for one history, what decides about them: one more costs the target next to nothing, and
the model a dozen tokens, as it reads the history once for all of them."""
WORDED = 3
"""Those of them for which reasons are given in words."""
COMPARED = 1 / 6
"""How often two of them are compared."""


def next_item_examples(asker: Asker, n: int) -> list[Example]:
    """Task 1, next-item retrieval."""
    return [
        Example(
            prompts.next_item(asker.catalogue, subject.history, subject.form, asker.wording()), None, subject
        )
        for subjects in asker.subjects(n)
        for subject in subjects
    ]


def description_examples(asker: Asker, per_item: int) -> list[Example]:
    """Task 4, item discrimination: the title with some of the item's attributes, or the item most like it."""
    catalogue, rng = asker.catalogue, asker.rng
    nearest = nearest_items(asker.recommender.item_vectors)
    examples: list[Example] = []
    for item in range(len(catalogue)):
        known = known_attributes(catalogue, item)
        for _ in range(per_item if known else 0):
            told = rng.sample(known, min(len(known), rng.randint(2, 4)))
            answer = description(catalogue, item, told, rng)
            question = prompts.describe_item(catalogue, item, asker.form(), asker.wording())
            examples.append(Example(question, answer))
        if per_item and len(catalogue) > 1:
            question = prompts.most_alike(catalogue, item, asker.form(), asker.wording())
            examples.append(Example(question, (Content(catalogue.titles[nearest[item]]),)))
    return examples


def rationale_examples(asker: Asker, n: int) -> list[Example]:
    """Task 7, rationale, about n: the answer words the target's own attribution of the item.

    One in six compares two items. For these and some more items of the same history, the same attribution answers, in
    nothing but titles, which items of the history decide.
    """
    catalogue, rng = asker.catalogue, asker.rng
    planner = Planner(catalogue)
    examples: list[Example] = []
    for subjects in asker.subjects(-(-n // WORDED)):
        histories = [subject.history for subject in subjects]
        lists = top_items(asker.recommender, histories, max(EXPLAINED_RANKS))
        items = [
            _explained([r.item for r in ranked], len(catalogue), history, rng)
            for history, ranked in zip(histories, lists, strict=True)
        ]
        for subject, found in zip(subjects, attribute(asker.recommender, histories, items), strict=True):
            worded = found[:WORDED]
            for number, attribution in enumerate(worded):
                examples.append(_in_words(asker, planner, subject, attribution, worded[number - 1]))
            for attribution in found:
                examples += _in_titles(asker, planner, subject, attribution)
    return examples


def _in_words(
    asker: Asker, planner: Planner, subject: Subject, attribution: Attribution, other: Attribution
) -> Example:
    catalogue, rng = asker.catalogue, asker.rng
    if rng.random() < COMPARED and other.item != attribution.item:
        plan = planner.compare(attribution, other)
        question = prompts.contrast(
            catalogue, subject.history, plan.item, other.item, subject.form, plan.verdict, asker.wording()
        )
        return Example(question, write(catalogue, plan, rng), subject)
    plan = planner.plan(attribution)
    question = prompts.rationale(
        catalogue, subject.history, plan.item, subject.form, plan.verdict, asker.wording()
    )
    return Example(question, write(catalogue, plan, rng, attribution.pulls), subject)


def _in_titles(asker: Asker, planner: Planner, subject: Subject, attribution: Attribution) -> list[Example]:
    plan = planner.plan(attribution)
    if not plan.reasons:
        return []
    question = prompts.deciding(asker.catalogue, subject.history, plan.item, subject.form, asker.wording())
    return [Example(question, _deciding(asker.catalogue, plan, attribution.pulls), subject)]


def _deciding(catalogue: Catalogue, plan: Plan, pulls: Mapping[int, float]) -> Prompt:
    """List the reasons, strongest first, each a choice among the items that are not yet listed."""
    segments: Prompt = ()
    left = dict(pulls)
    for reason in plan.reasons:
        segments = (
            *segments,
            *((SEPARATOR,) if segments else ()),
            cited(catalogue, reason.item, left),
        )
        del left[reason.item]
    return segments


def _explained(ranked: list[int], n_items: int, history: tuple[int, ...], rng: random.Random) -> list[int]:
    """Draw the items that are explained for one history: recommended ones, now and then any other."""
    drawn = [
        _any_other(n_items, history, rng)
        if rng.random() < OTHERS
        else ranked[min(rng.choice(EXPLAINED_RANKS), len(ranked)) - 1]
        for _ in range(ITEMS_EXPLAINED)
    ]
    return list(dict.fromkeys(drawn))


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
