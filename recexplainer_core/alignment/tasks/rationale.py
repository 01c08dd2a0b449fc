"""Task 7, rationale: why an item is recommended, in words; which items decide; what stays without some of them.

The target answers: by its attributions, and by its lists for the histories that are left.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import numpy as np

from recexplainer_core.alignment.answers import TitleOrNo
from recexplainer_core.alignment.context import Example, TaskContext, UserContext
from recexplainer_core.alignment.tasks.base import AlignmentTask
from recexplainer_core.catalogue import Catalogue
from recexplainer_core.grammar.teacher import cited, write
from recexplainer_core.histories import History
from recexplainer_core.lm.segments import SEPARATOR, Prompt
from recexplainer_core.prompting import prompts
from recexplainer_core.rationale.attribution import Attribution, attribute
from recexplainer_core.rationale.plan import Plan, Planner
from recexplainer_core.rationale.specification import MOST_NAMED, asked_for
from recexplainer_core.rationale.verdict import LISTED
from recexplainer_core.recommenders.base import Recommender, top_items

EXPLAINED_RANKS = (1, 1, 1, 2, 3, 4, 5, 6, 8, 10)
"""Ranks of the items that rationales are taught for."""
OTHERS = 0.15
"""How often it is any other item of the catalogue."""
ITEMS_EXPLAINED = 8
"""Items of which is asked, for one history, what decides about them: one more costs the target next to nothing, and
the model a dozen tokens, as it reads the history once for all of them."""
WORDED = 3
"""Those of them for which reasons are given in words."""
REMOVED_AT_RANDOM = 2
"""Further items of which is asked whether they stay without any items of the history."""
COMPARED = 1 / 6
"""How often two of them are compared."""


def rationale_examples(context: TaskContext, n: int) -> list[Example]:
    """Ask for about n rationales; the answer words the target's own attribution of the item.

    One in six compares two items. For these and some more items of the same history, the same attribution answers, in
    nothing but titles, which items of the history decide; and the target says of some recommended ones whether they
    would still be without these, or without others.
    """
    catalogue, rng = context.catalogue, context.rng
    planner = Planner(catalogue)
    examples: list[Example] = []
    for users in context.users(-(-n // WORDED)):
        histories = [user.history for user in users]
        lists = top_items(context.recommender, histories, max(EXPLAINED_RANKS))
        items = [
            _explained([r.item for r in ranked], len(catalogue), history, rng)
            for history, ranked in zip(histories, lists, strict=True)
        ]
        removals: list[tuple[UserContext, int, tuple[int, ...]]] = []
        for user, found in zip(
            users, attribute(context.recommender, [History.of(one) for one in histories], items), strict=True
        ):
            plans = [planner.plan(attribution) for attribution in found]
            planned = list(zip(found, plans, strict=True))
            worded = planned[:WORDED]
            for number, (attribution, plan) in enumerate(worded):
                other, _ = worded[number - 1]
                examples.append(_in_words(context, planner, user, attribution, plan, other))
            examples += [
                _in_titles(context, user, attribution, plan) for attribution, plan in planned if plan.reasons
            ]
            removals += [
                (user, one.item, removed)
                for number, (one, plan) in enumerate(planned[: WORDED + REMOVED_AT_RANDOM])
                if one.rank <= LISTED and (removed := _removed(one, plan, number < WORDED, rng))
            ]
        examples += _listed_without(context, removals)
    return examples


def _in_words(
    context: TaskContext,
    planner: Planner,
    user: UserContext,
    attribution: Attribution,
    plan: Plan,
    other: Attribution,
) -> Example:
    catalogue, rng = context.catalogue, context.rng
    if rng.random() < COMPARED and other.item != attribution.item:
        plan = planner.compare(attribution, other)
        question = prompts.contrast(
            catalogue, user.history, plan.item, other.item, user.form, plan.verdict, context.variant()
        )
        return Example(question, write(catalogue, plan, rng), user)
    question = prompts.rationale(
        catalogue,
        user.history,
        plan.item,
        user.form,
        plan.verdict,
        context.variant(),
        asked_for(plan.specification),
    )
    return Example(question, write(catalogue, plan, rng, attribution.contributions), user)


def _in_titles(context: TaskContext, user: UserContext, attribution: Attribution, plan: Plan) -> Example:
    question = prompts.deciding(context.catalogue, user.history, plan.item, user.form, context.variant())
    return Example(question, _deciding(context.catalogue, plan, attribution.contributions), user)


def _removed(attribution: Attribution, plan: Plan, reasons: bool, rng: random.Random) -> tuple[int, ...]:
    """Return the reasons for an item, or any items of the history, as many as reasons may be."""
    if reasons:
        return tuple(reason.item for reason in plan.reasons)
    history = attribution.history
    return tuple(rng.sample(history, rng.randint(1, min(MOST_NAMED, len(history))))) if history else ()


def _listed_without(
    context: TaskContext, removals: Sequence[tuple[UserContext, int, tuple[int, ...]]]
) -> list[Example]:
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


def _deciding(catalogue: Catalogue, plan: Plan, contributions: Mapping[int, float]) -> Prompt:
    """List the reasons, strongest first, each a choice among the items that are not yet listed."""
    segments: Prompt = ()
    left = dict(contributions)
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


def _any_other(n_items: int, history: tuple[int, ...], rng: random.Random) -> int:
    outside = np.setdiff1d(np.arange(n_items), history)
    return int(outside[rng.randrange(len(outside))])


TASK = AlignmentTask("rationale", 20_000, rationale_examples)
