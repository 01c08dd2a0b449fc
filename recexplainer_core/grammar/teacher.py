"""From a plan to a reference rationale: a grammar draws among clauses, their order and their joints.

The language model learns from these texts and never sees the attributions at run time.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.grammar import clauses
from recexplainer_core.grammar.no_reason import NO_REASON
from recexplainer_core.grammar.remarks import remarks
from recexplainer_core.lm.segments import (
    CLOSE_CITATION,
    OPEN_CITATION,
    Cited,
    Content,
    Prompt,
    Template,
    Weighed,
)
from recexplainer_core.prompting.patterns import fill, joined
from recexplainer_core.prompting.prompts import cited_title
from recexplainer_core.rationale.evidence import SHARPNESS
from recexplainer_core.rationale.plan import Plan, Reason

BECAUSE_PROBABILITY, REASON_FIRST_PROBABILITY = 0.5, 0.35
"""How often a reason stands in the verdict's sentence, and how often the reason comes first."""


def write(
    catalogue: Catalogue, plan: Plan, rng: random.Random, contributions: Mapping[int, float] | None = None
) -> Prompt:
    """Put a plan into words; another state of `rng` gives other words for the same.

    Args:
        catalogue: titles and facts.
        plan: what is said.
        rng: draws the words.
        contributions: how much each item of the history speaks for the explained one; with it, every reason says how
            right each other title would have been in its place.
    """
    words = catalogue.wording
    values: dict[str, str | Prompt] = {
        "item": _explained(catalogue, plan.item, contributions or ()),
        "other": cited_title(catalogue, plan.other) if plan.other is not None else "",
        "against": cited_title(catalogue, plan.against) if plan.against is not None else "",
        "user": (Template(words.user),),
        "item_word": (Template(words.item),),
        "items": (Template(words.items),),
        "consumed": (Template(words.consumed),),
        "reasons": _listed(catalogue, plan, rng, contributions or {}),
        "them": (Template(clauses.THEM[len(plan.reasons) > 1]),),
    }
    verdict = fill(rng.choice(clauses.VERDICTS[plan.verdict]), values)
    text = _with_reasons(plan, verdict, values, rng)
    if plan.without is not None:
        text = _add(text, "without", fill(rng.choice(clauses.WITHOUT[plan.without]), values), rng)
    if plan.against is not None:
        text = _add(text, "against", fill(rng.choice(clauses.AGAINST), values), rng)
    return joined((*_capital(text), Template(".")))


def _with_reasons(
    plan: Plan, verdict: Prompt, values: Mapping[str, str | Prompt], rng: random.Random
) -> Prompt:
    if not plan.reasons:
        return _add(verdict, "carried", fill(rng.choice(NO_REASON), values), rng)
    if plan.weight in clauses.BECAUSE and rng.random() < BECAUSE_PROBABILITY:
        because = fill(rng.choice(clauses.BECAUSE[plan.weight]), values)
        if rng.random() < REASON_FIRST_PROBABILITY:
            return (*because, Template(", "), *verdict)
        return (*verdict, Template(" " if rng.random() < 0.7 else ", "), *because)
    carried = fill(rng.choice(clauses.CARRIED[plan.weight]), values)
    if rng.random() < REASON_FIRST_PROBABILITY:
        return (*carried, Template(rng.choice(clauses.AFTER_REASON)), *verdict)
    return _add(verdict, "carried", carried, rng)


def _add(text: Prompt, kind: str, clause: Prompt, rng: random.Random) -> Prompt:
    has_colon = any(isinstance(segment, Template) and ":" in segment.text for segment in text)
    joint = rng.choice([joint for joint in clauses.JOINTS[kind] if joint != ": " or not has_colon])
    return (*text, Template(joint), *(_capital(clause) if joint == ". " else clause))


def _capital(text: Prompt) -> Prompt:
    first = text[0]
    return (
        (Template(first.text[0].upper() + first.text[1:]), *text[1:]) if isinstance(first, Template) else text
    )


def _explained(catalogue: Catalogue, item: int, history: Collection[int]) -> Prompt:
    """Name what is explained; where the history is known, as the right one of all titles that can be cited."""
    return (cited(catalogue, item, {item: 1.0, **dict.fromkeys(history, 0.0)} if history else {}),)


def _listed(
    catalogue: Catalogue, plan: Plan, rng: random.Random, contributions: Mapping[int, float]
) -> Prompt:
    segments: Prompt = ()
    left = {plan.item: 0.0, **contributions} if contributions else {}
    for number, reason in enumerate(plan.reasons, 1):
        if number > 1:
            segments = (*segments, Template(" and " if number == len(plan.reasons) else ", "))
        segments = (
            *segments,
            Template(OPEN_CITATION),
            cited(catalogue, reason.item, left),
            Template(CLOSE_CITATION),
        )
        left.pop(reason.item, None)
        if reason.attribute is not None and reason.value is not None:
            segments = (*segments, *_remark(reason, rng), Template(")"))
    return segments


def _remark(reason: Reason, rng: random.Random) -> Prompt:
    """Say what a reason shares; with the others that would be true, where their support is known."""
    assert reason.attribute is not None and reason.value is not None
    drawn = rng.choice(remarks(reason.attribute, reason.value))
    alternatives = [
        (remark, support**SHARPNESS / len(phrasings))
        for name, value, support in reason.shared
        for phrasings in [remarks(name, value)]
        for remark in phrasings
    ]
    return (Weighed(drawn, tuple(alternatives)),) if alternatives else drawn


def cited(catalogue: Catalogue, item: int, contributions: Mapping[int, float]) -> Content:
    """Return a title with its alternatives, as right as each speaks for the choice; alone where none are given."""
    title = cited_title(catalogue, item)
    if item not in contributions:
        return Content(title)
    strongest = max(contributions.values())
    scale = strongest if strongest > 0 else 1.0
    alternatives = [
        (i, (max(contribution, 0.0) / scale) ** SHARPNESS) for i, contribution in contributions.items()
    ]
    return Cited(title, tuple((cited_title(catalogue, i), right) for i, right in alternatives))
