"""Why something is recommended: the verified reason, what decides, what becomes of it without something."""

from __future__ import annotations

import re

from recexplainer_core.dialogue.answer import BOTH, HISTORY, TARGET, Answer
from recexplainer_core.dialogue.attributes import asked_attributes, one_of
from recexplainer_core.dialogue.context import LISTED, Context
from recexplainer_core.dialogue.question import Question
from recexplainer_core.prose.filling import listed as joined
from recexplainer_core.rationale.explainer import Rationale
from recexplainer_core.rationale.reasons import TEMPLATE
from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.rationale.voices import Voice

_FIVE = 5
_STRONG = 3


def reason(question: Question, context: Context) -> Answer:
    """Give the reason for an item, in the voice that is asked for."""
    item = next((one for one in question.items if one not in context.history.seen), context.item)
    found = _reasoned(context, item, _voice(question.words))
    if _few_words(question.words):
        return _in_few_words(context, item, found)
    text, place = found.text, context.place(item)
    if place is not None and place > LISTED:
        text = f"{context.named([item])} is not recommended: the target has it at no. {place:,}. {text}"
    return Answer("why", text, _source(found), found.checks, (item, *_cited(found, item)))


def compared(question: Question, context: Context) -> Answer:
    """Say why one item comes before another."""
    unseen = [one for one in question.items if one not in context.history.seen]
    first, second = context.order[:2]
    if len(unseen) > 1:
        item, other = unseen[:2]
    elif unseen:
        item, other = context.item, unseen[0]
    elif question.items:
        seen, words = context.named(question.items[:1]), context.catalogue.wording
        return Answer(
            "why", f"{seen} is not recommended because this {words.user} has {words.consumed} it.", HISTORY
        )
    else:
        item, other = (first, second)
    if item == other:
        return reason(question, context)
    found = _reasoned(context, item, "analyst", other)
    places = f"The target has {context.named([item])} at no. {context.place(item):,} and {context.named([other])} at "
    places += f"no. {context.place(other):,}."
    text = f"{found.text} {places}" if found.text else f"Nothing sets them apart. {places}"
    return Answer("why", text, _source(found), found.checks, (item, other))


def deciding(question: Question, context: Context) -> Answer:
    """Name the history items behind an item, the strongest first."""
    item = context.item
    found = context.removals(item).attribution
    parts = sorted(found.contributions.items(), key=lambda one: -one[1])
    behind = [(one, part / found.probability) for one, part in parts if part > 0][:_STRONG]
    if not behind:
        return Answer(
            "why", f"Nothing in the history speaks for {context.named([item])}.", TARGET, items=(item,)
        )
    if re.search(r"\b(?:most|main|biggest|strongest|single)\b", question.words):
        strongest = behind[0][0]
        before, after = (outcome.rank for outcome in context.removals(item).ask([(), [strongest]]))
        text = (
            f"{context.named([strongest])} matters most for {context.named([item])}: "
            f"{_share(behind[0][1])} of its score comes from it (Shapley value). Without it, "
            f"{moved(before, after)}."
        )
        return Answer("why", text, TARGET, items=(item, strongest))
    told = joined([f"{context.named([one])} ({_share(part)} of the score)" for one, part in behind])
    return Answer(
        "why", f"Behind {context.named([item])}: {told}, by Shapley values.", TARGET,
        items=(item, *(one for one, _ in behind)),
    )  # fmt: skip


def without(question: Question, context: Context, named_before: tuple[int, ...]) -> Answer:
    """Say what becomes of the explained item without some items of the history.

    Args:
        question: may name them.
        context: the conversation.
        named_before: history items that the last answer named.
    """
    history = context.history.recent
    named = [one for one in question.items if one in history]
    strangers = [one for one in question.items if one not in history]
    item, words = context.item, context.catalogue.wording
    if not named and strangers:
        place = context.place(item)
        return Answer(
            "why",
            f"{context.named(strangers[:1])} is not among the last {len(history)} {words.items} that count, so nothing "
            f"changes: {context.named([item])} stays at no. {place:,}.",
            TARGET, items=(item,),
        )  # fmt: skip
    if not named:
        known = [one for one in named_before if one in history]
        named = known or _cited(_reasoned(context, item, "analyst"), item)
        if re.search(r"\b(?:it|that|that one|this one|the first)\b", question.words) and not re.search(
            r"\b(?:two|both|them|these|those|all)\b", question.words
        ):
            named = named[:1]
        elif re.search(r"\b(?:two|both)\b", question.words):
            named = named[:2]
    if not named:
        return Answer("why", "Name what is to be taken out of the history.", declined=True)
    before, after = context.removals(item).ask([(), named])
    stays = after.rank <= LISTED
    change = 100 * (after.probability / before.probability - 1)
    text = (
        f"Without {context.named(named)}, {context.named([item])} {'stays on' if stays else 'drops off'} the list of "
        f"{LISTED}: {moved(before.rank, after.rank)}, its score {change:+.0f}%."
    )
    if before.rank > LISTED:
        text = text.replace("drops off", "stays off")
    return Answer("why", text, TARGET, items=(item, *named))


def moved(before: int, after: int) -> str:
    """Return how a place changes: "no. 1 becomes no. 4", "it is still no. 1"."""
    return f"it is still no. {after:,}" if before == after else f"no. {before:,} becomes no. {after:,}"


def because_of(question: Question, context: Context) -> Answer | None:
    """Say whether an attribute that is shared counts, by removing what shares it; None if none is asked for."""
    catalogue, item = context.catalogue, context.item
    asked = asked_attributes(question.words, catalogue)
    values = [pair for pairs in question.values for pair in pairs[:1]] or [
        (name, value) for name in asked[:1] for value in catalogue.values(item, name)
    ]
    if not values:
        return None
    name, value = values[0]
    title = context.named([item])
    if value not in catalogue.values(item, name):
        return Answer(
            "why", f"No: {title} does not have the {one_of(name)} {value}, by the catalogue.", TARGET
        )
    having = [one for one in context.history.recent if value in catalogue.values(one, name)]
    if not having:
        return Answer(
            "why", f"No: nothing in the history shares its {one_of(name)}, {value}.", TARGET, items=(item,)
        )
    before, after = context.removals(item).ask([(), having])
    drop = 1 - after.probability / before.probability
    counts = after.rank > LISTED >= before.rank or drop > _EVEN
    text = (
        f"{'Yes, in good part' if counts else 'Hardly' if drop < _LITTLE else 'In part'}: without "
        f"{context.named(having)}, also of the {one_of(name)} {value}, {title} "
        f"goes from no. {before.rank:,} to no. {after.rank:,}, its score {-100 * drop:+.0f}%."
    )
    return Answer("why", text, TARGET, items=(item, *having))


def is_true(question: Question, context: Context) -> Answer:
    """Say what the checks of the reason for the explained item found."""
    found = _reasoned(context, context.item, "analyst", verified=False)
    tested = found.checks
    if not tested:
        return Answer("why", "It claims nothing that could be tested.", BOTH, items=(context.item,))
    wrong = [one for one in tested if not one.holds]
    text = f"As the LLM alone says it, {len(tested) - len(wrong)} of its {len(tested)} claims hold."
    if wrong:
        told = "; ".join(f"{one.claim}: {one.finding}" for one in wrong)
        text += f" Wrong: {told}. The verified reason corrects or leaves out what is wrong."
    else:
        text += " The target was asked about each of them."
    return Answer("why", text, TARGET, tested, (context.item,))


_EVEN, _LITTLE = 0.5, 0.1
"""Parts of the score that an attribute has to cost for it to count as a good part, and as any."""


def _reasoned(
    context: Context, item: int, voice: Voice, other: int | None = None, verified: bool = True
) -> Rationale:
    request = RationaleRequest(
        context.history, item, context.mode, other, voice=voice, verified=verified, writer=TEMPLATE
    )
    found = context.explainer.reasoned(request)
    assert found is not None  # this writer always words claims
    return found


def _in_few_words(context: Context, item: int, found: Rationale) -> Answer:
    cited = _cited(found, item)
    words = context.catalogue.wording
    text = f"Because of {context.named(cited[:1])}." if cited else f"No clear reason in these {words.items}."
    return Answer("why", text, _source(found), found.checks, (item, *cited))


def _cited(found: Rationale, item: int) -> list[int]:
    return list(found.reason.reasons) if found.reason is not None else []


def _voice(words: str) -> Voice:
    if re.search(r"\b(?:short|shorter|brief|briefly|quick|one line|one sentence|a line|words)\b", words):
        return "brief"
    if re.search(
        r"\b(?:friendly|to (?:the )?(?:viewer|user|customer|shopper|reader|player|them|him|her)|you)\b", words
    ):
        return "viewer"
    return "analyst"


def _few_words(words: str) -> bool:
    return bool(re.search(r"\b(?:\d+|three|four|five|six|ten|few) words\b", words))


def _source(found: Rationale) -> str:
    return "What the LLM holds, verified by the target" if found.request.verified else "As the LLM says it"


def _share(part: float) -> str:
    """Return a part in words; others speak against the item where one brings more than all of its score."""
    return f"{100 * part:.0f}%" if part <= 1 else "more than all"
