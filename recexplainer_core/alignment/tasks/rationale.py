"""Task 7, rationale: why an item is recommended, in words; which items decide; what stays without some of them.

The target answers: by its attributions, and by its lists for the histories that are left.
"""

from __future__ import annotations

from collections.abc import Mapping

from recexplainer_core.alignment.context import Example, TaskContext, UserContext
from recexplainer_core.alignment.tasks.base import AlignmentTask
from recexplainer_core.alignment.tasks.evidence import (
    REMOVED_AT_RANDOM,
    Removal,
    attributions,
    removed_from,
    without_some,
)
from recexplainer_core.catalogue import Catalogue
from recexplainer_core.grammar.teacher import cited, write
from recexplainer_core.lm.segments import SEPARATOR, Prompt
from recexplainer_core.prompting import prompts
from recexplainer_core.rationale.attribution import Attribution
from recexplainer_core.rationale.plan import Plan, Planner
from recexplainer_core.rationale.specification import asked_for
from recexplainer_core.rationale.verdict import LISTED

WORDED = 3
"""Those of them for which reasons are given in words."""
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
        removals: list[Removal] = []
        for user, found in zip(users, attributions(context, users), strict=True):
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
                if one.rank <= LISTED and (removed := removed_from(one, plan, number < WORDED, rng))
            ]
        examples += without_some(context, removals)
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


TASK = AlignmentTask("rationale", 20_000, rationale_examples)
