"""Whether something suits a user: what the surrogate holds of it, and beside it what the target does."""

from __future__ import annotations

import re

from recexplainer_core.dialogue.answer import BOTH, HISTORY, TARGET, Answer
from recexplainer_core.dialogue.context import LISTED, Context
from recexplainer_core.dialogue.question import Question
from recexplainer_core.prose.filling import listed as joined
from recexplainer_core.rationale.claim_checks import Subject, check_claim
from recexplainer_core.rationale.claims import Prefers
from recexplainer_core.rationale.reasons import TEMPLATE
from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.rationale.verdict import own_order

_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
_EVEN = 0.5


def would_like(question: Question, context: Context) -> Answer:
    """Say where the surrogate has an item, where the target does, and why."""
    item = question.items[0]
    title = context.named([item])
    words = context.catalogue.wording
    if item in context.history.seen:
        return Answer(
            "interest", f"This {words.user} has {words.consumed} {title} already, so it is not recommended again.",
            HISTORY, items=(item,),
        )  # fmt: skip
    place = context.place(item)
    assert place is not None
    if item in context.listed:
        own = f"the LLM has it at no. {context.listed.index(item) + 1} of its list"
        likes = True
    else:
        [chance] = context.explainer.surrogate.chances_of_interest([context.history], [item], [context.mode])
        likes = chance >= _EVEN
        own = f"the LLM does not list it, but {'would' if likes else 'would not'} call it one for them"
        own = own if likes else "the LLM neither lists it nor calls it one for them"
    verdict = "Yes" if place <= LISTED else "Not among the first suggestions"
    text = f"{verdict}: the target has {title} at no. {place:,} of {len(context.order):,}, and {own}."
    if (place <= LISTED) != (item in context.listed):
        text += " They disagree; the target decides what is recommended."
    found = context.explainer.reasoned(RationaleRequest(context.history, item, context.mode, writer=TEMPLATE))
    if found is None or found.reason is None:
        return Answer("interest", text, BOTH, items=(item,))
    link = " " if place <= LISTED else " What there is to be said for it: "
    return Answer("interest", f"{text}{link}{found.text}", BOTH, found.checks, (item, *found.reason.reasons))


def rather(question: Question, context: Context) -> Answer:
    """Say which of two items comes first, as the surrogate and the target have it."""
    first, second = question.items[:2]
    seen = [item for item in (first, second) if item in context.history.seen]
    if seen:
        return Answer(
            "interest", f"{context.named(seen)} is in the history already.", HISTORY, items=(first,)
        )
    order = own_order(context.explainer.surrogate, context.history, first, second, context.mode)
    ahead, behind = (first, second) if order == "before" else (second, first)
    check = check_claim(Prefers(ahead, behind), _of_two(context, ahead, behind))
    places = f"no. {context.place(ahead):,} against no. {context.place(behind):,}"
    text = f"{context.named([ahead])} rather than {context.named([behind])}, says the LLM"
    agrees = f", and so does the target ({places})." if check.holds else f"; the target disagrees ({places})."
    return Answer("interest", text + agrees, BOTH, (check,), (ahead, behind))


def _of_two(context: Context, ahead: int, behind: int) -> Subject:
    return Subject(context.catalogue, context.removals(ahead), context.removals(behind))


def how_sure(question: Question, context: Context) -> Answer:
    """Say how far the first suggestion lies ahead of the second."""
    first, second = context.order[:2]
    one, two = (context.removals(item).without().probability for item in (first, second))
    text = (
        f"{context.named([first])} gets {100 * one:.1f}% of the target's score, {context.named([second])} "
        f"at no. 2 {100 * two:.1f}%: {one / two:.1f} times as much. "
        + ("That is a clear lead." if one >= 1.5 * two else "That is close.")
    )
    return Answer("interest", text, TARGET, items=(first, second))


def suggest(question: Question, context: Context) -> Answer:
    """Name what comes first on the surrogate's list, or the first few, or the first with a value."""
    count = _count(question.words)
    if question.values:
        return _with_value(question, context, count or 3)
    listed = context.listed
    again = re.search(r"\b(?:more|others?|else|another)\b", question.words)
    items = [item for item in listed if not again or item != context.item][: count or (3 if again else 1)]
    in_first = sum(item in context.order[:LISTED] for item in items)
    text = f"{context.named(items)}, says the LLM; {_of_them(in_first, len(items))}."
    if len(items) == 1 and items[0] != context.order[0]:
        text += f" The target itself begins with {context.named(context.order[:1])}."
    return Answer("interest", text, BOTH, items=tuple(items))


def _with_value(question: Question, context: Context, count: int) -> Answer:
    catalogue, words = context.catalogue, context.catalogue.wording
    found = [
        item
        for item in context.order
        if all(
            any(value in catalogue.values(item, name) for name, value in pairs) for pairs in question.values
        )
    ]
    told = joined([pairs[0][1] for pairs in question.values])
    if not found:
        return Answer("interest", f"No unseen {words.item} of the catalogue has {told}.", TARGET)
    places = joined([f"{context.named([item])} (no. {context.place(item):,})" for item in found[:count]])
    return Answer(
        "interest", f"For {told}, the target's first are {places}.", TARGET, items=tuple(found[:count])
    )


def _of_them(shared: int, count: int) -> str:
    if count == 1:
        return f"it is {'' if shared else 'not '}among the target's first {LISTED}"
    return f"{shared} of these {count} {'is' if shared == 1 else 'are'} among the target's first {LISTED}"


def _count(words: str) -> int:
    digits = re.search(r"\b(\d+)\b", words)
    if digits:
        return max(1, min(LISTED, int(digits[1])))
    spelled = (
        number
        for word, number in _NUMBERS.items()
        if re.search(rf"\b{word} (?:more|others?|titles?|\w+s)\b", words)
    )
    return next(spelled, 0)
