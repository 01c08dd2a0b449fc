"""Task 7 without the prose: which items decide about another one, and whether it stays without some of them.

The target answers: by its attributions, and by its lists for the histories that are left. A mode that is taught this
and no `rationale` knows what there is to say, and leaves the words to a writer.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np

from recexplainer_core.alignment.answers import OneOf, TitleOrNo
from recexplainer_core.alignment.context import Example, TaskContext, UserContext
from recexplainer_core.alignment.tasks.base import AlignmentTask
from recexplainer_core.histories import History
from recexplainer_core.prompting import prompts
from recexplainer_core.rationale.attribution import Attribution, attribute
from recexplainer_core.rationale.evidence import SHARPNESS
from recexplainer_core.rationale.plan import Plan, Planner
from recexplainer_core.rationale.specification import MOST_NAMED
from recexplainer_core.rationale.verdict import LISTED
from recexplainer_core.recommenders.base import Recommender, top_items

Removal = tuple[UserContext, int, tuple[int, ...]]
"""A user, an item that is listed, and items that are taken out of the history."""
EXPLAINED_RANKS = (1, 1, 1, 2, 3, 4, 5, 6, 8, 10)
"""Ranks of the items that rationales are taught for."""
OTHERS = 0.15
"""How often it is any other item of the catalogue."""
ITEMS_EXPLAINED = 8
"""Items of which is asked, for one history, what decides about them: one more costs the target next to nothing, and
the model a dozen tokens, as it reads the history once for all of them."""
REMOVED_AT_RANDOM = 2
"""Further items of which is asked whether they stay without any items of the history."""


def evidence_examples(context: TaskContext, n: int) -> list[Example]:
    """Ask about n questions about the items of some lists: which items decide, and what stays without some of them."""
    planner, rng = Planner(context.catalogue), context.rng
    examples: list[Example] = []
    for users in context.users(-(-n // (ITEMS_EXPLAINED + MOST_NAMED + REMOVED_AT_RANDOM))):
        removals: list[Removal] = []
        for user, found in zip(users, attributions(context, users), strict=True):
            for number, attribution in enumerate(found):
                examples += _deciding(context, user, attribution)
                removes_reasons = number < MOST_NAMED
                if attribution.rank <= LISTED and number < MOST_NAMED + REMOVED_AT_RANDOM:
                    plan = planner.plan(attribution)
                    if removed := removed_from(attribution, plan, removes_reasons, rng):
                        removals.append((user, attribution.item, removed))
        examples += without_some(context, removals)
    return examples


def attributions(context: TaskContext, users: Sequence[UserContext]) -> list[list[Attribution]]:
    """Return for each of n users the target's attributions of some items, most of them recommended."""
    histories = [user.history for user in users]
    lists = top_items(context.recommender, histories, max(EXPLAINED_RANKS))
    items = [
        _explained([r.item for r in ranked], len(context.catalogue), history, context.rng)
        for history, ranked in zip(histories, lists, strict=True)
    ]
    return attribute(context.recommender, [History.of(one) for one in histories], items)


def removed_from(attribution: Attribution, plan: Plan, reasons: bool, rng: random.Random) -> tuple[int, ...]:
    """Return the reasons for an item, or any items of the history, as many as reasons may be."""
    if reasons:
        return tuple(reason.item for reason in plan.reasons)
    history = attribution.history
    return tuple(rng.sample(history, rng.randint(1, min(MOST_NAMED, len(history))))) if history else ()


def without_some(context: TaskContext, removals: Sequence[Removal]) -> list[Example]:
    """Ask of each item whether it stays on the list when others are taken out of the history."""
    edited = [[i for i in user.history if i not in removed] for user, _, removed in removals]
    listed = still_listed(
        context.recommender, edited, [item for _, item, _ in removals], [s.history for s, _, _ in removals]
    )
    examples = []
    for (user, item, removed), stays in zip(removals, listed, strict=True):
        question = prompts.listed_without(
            context.catalogue, user.history, item, removed, user.form, context.variant()
        )
        examples.append(Example(question, TitleOrNo(item, float(stays)), user))
    return examples


def still_listed(
    recommender: Recommender,
    histories: Sequence[Sequence[int]],
    items: Sequence[int],
    masked: Sequence[Sequence[int]],
    at_once: int = 1024,
) -> list[bool]:
    """Return for each history whether an item is among the first `LISTED`, some others left out."""
    found: list[bool] = []
    for start in range(0, len(histories), at_once):
        batch = slice(start, start + at_once)
        lists = top_items(recommender, histories[batch], LISTED, masked[batch])
        found += [item in [r.item for r in ranked] for item, ranked in zip(items[batch], lists, strict=True)]
    return found


def _deciding(context: TaskContext, user: UserContext, attribution: Attribution) -> list[Example]:
    """Ask which item decides; each is as right as it speaks for the choice, and nothing is asked where none does."""
    effects = np.maximum(attribution.effects, 0.0)
    if not effects.any():
        return []
    weights = (effects / effects.max()) ** SHARPNESS
    question = prompts.deciding(
        context.catalogue, user.history, attribution.item, user.form, context.variant()
    )
    return [Example(question, OneOf(attribution.history, tuple(weights.tolist())), user)]


def _explained(ranked: list[int], n_items: int, history: tuple[int, ...], rng: random.Random) -> list[int]:
    """Draw the items that are explained for one history: recommended ones, now and then any other."""
    drawn = [
        _any_other(n_items, history, rng)
        if rng.random() < OTHERS
        else ranked[min(rng.choice(EXPLAINED_RANKS), len(ranked)) - 1]
        for _ in range(ITEMS_EXPLAINED)
    ]
    return list(dict.fromkeys(drawn))


def _any_other(n_items: int, history: tuple[int, ...], rng: random.Random) -> int:
    outside = np.setdiff1d(np.arange(n_items), history)
    return int(outside[rng.randrange(len(outside))])


TASK = AlignmentTask("evidence (which items decide, what stays without some)", 0, evidence_examples)
