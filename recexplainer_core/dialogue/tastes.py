"""What a user likes, counted in the history that the target sees."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.dialogue.answer import CATALOGUE, HISTORY, Answer
from recexplainer_core.dialogue.attributes import asked_attributes, one_of
from recexplainer_core.dialogue.context import Context, times
from recexplainer_core.dialogue.question import Question
from recexplainer_core.prose.filling import listed as joined
from recexplainer_core.prose.value_words import taste
from recexplainer_core.rationale.interest import values_of
from recexplainer_core.rationale.shared_values import shared_values

_SHOWN = 3
_TOLD = 5
_FEWEST = 2
_LIFT = 1.3
"""How much more often than in the catalogue a value has to stand in a history to be called a taste."""


def tastes(catalogue: Catalogue, items: Sequence[int]) -> list[tuple[tuple[str, str], list[int]]]:
    """Return the values that stand out in some items, the clearest first, each with the items that have it.

    A value counts if several items have it, and clearly more than so many items of the catalogue would.
    """
    owners: dict[tuple[str, str], list[int]] = {}
    for item in items:
        for pair in values_of(catalogue, item):
            owners.setdefault(pair, []).append(item)
    usual = catalogue.value_counts if any(catalogue.attributes.values()) else _word_counts(catalogue)
    scored = []
    for pair, having in owners.items():
        expected = len(items) * usual.get(pair, len(having)) / len(catalogue)
        if len(having) >= _FEWEST and len(having) >= _LIFT * expected:
            scored.append(((len(having) - expected) / (expected + 1) ** 0.5, pair, having))
    scored.sort(key=lambda one: (-one[0], one[1]))
    return [(pair, having) for _, pair, having in scored]


def in_a_line(catalogue: Catalogue, items: Sequence[int]) -> str:
    """Return the two clearest tastes that items show, "films about faith and dreamlike films"; "" where none is."""
    found = _of_different_items(tastes(catalogue, items))[:2]
    return joined([_liked(pair, catalogue.wording.items) for pair, _ in found])


def summary(question: Question, context: Context) -> Answer:
    """Say in two or three sentences what stands out in the history."""
    catalogue, history, words = context.catalogue, context.history.recent, context.catalogue.wording
    found = _of_different_items(tastes(catalogue, history))
    count = times(len(history), words.item, words.items)
    if not found:
        return Answer(
            "taste",
            f"Nothing stands out in the last {count} of this {words.user}: no taste can be told.",
            HISTORY,
        )
    (pair, having), *others = found
    text = (
        f"This {words.user} likes {_liked(pair, words.items)}: {len(having)} of the last {count}, such as "
        f"{context.named(having[-1 : -1 - _SHOWN : -1])}."
    )
    if others and "one sentence" not in question.words:
        also = joined([f"{_liked(one, words.items)} ({len(theirs)})" for one, theirs in others[:_SHOWN]])
        text += f" What stands out besides: {also}."
    return Answer("taste", text, HISTORY, items=tuple(having))


def of_attribute(question: Question, context: Context) -> Answer | None:
    """Say which values of an attribute the history holds most; None where no attribute is asked for."""
    catalogue, words = context.catalogue, context.catalogue.wording
    asked = asked_attributes(question.words, catalogue)
    if not asked:
        return None
    name = asked[0]
    lately = any(word in question.words for word in ("lately", "recently", "last", "now"))
    items = context.history.recent[-3:] if lately else context.history.recent
    counts = Counter(value for item in items for value in catalogue.values(item, name))
    if not counts:
        return Answer("taste", f"The catalogue says nothing of the {name} of these {words.items}.", CATALOGUE)
    known = sum(bool(catalogue.values(item, name)) for item in items)
    if name.lower() in ("decade", "year"):
        return _when(context, name, counts, known)
    best, most = counts.most_common(1)[0]
    if most < _FEWEST:
        told = joined([value for value, _ in counts.most_common(_SHOWN)])
        return Answer(
            "taste",
            f"No {one_of(name)} comes up twice among the last {known} {words.items}; there are {told}, once each.",
            HISTORY,
        )
    having = [item for item in items if best in catalogue.values(item, name)]
    ties = [value for value, count in counts.items() if count == most]
    text = f"{joined(ties)}: {most} of the last {known} {words.items}" + (" each" if len(ties) > 1 else "")
    if len(ties) == 1:
        text += f", {context.named(having[:_SHOWN])}{' among them' if most > _SHOWN else ''}"
        rest = [f"{value} ({count})" for value, count in counts.most_common(_SHOWN)[1:] if count >= _FEWEST]
        text += f". Then {joined(rest)}" if rest else ""
    return Answer("taste", f"{text}.", HISTORY, items=tuple(having))


def _when(context: Context, name: str, counts: Counter[str], known: int) -> Answer:
    words = context.catalogue.wording
    ordered = sorted(counts)
    told = joined([f"{value} ({counts[value]})" for value in ordered] if name == "decade" else ordered)
    recent = sum(count for value, count in counts.items() if value[:4].isdigit() and int(value[:4]) >= 2000)
    total = sum(counts.values())
    leaning = (
        "mostly newer" if recent > total / 2 else "mostly older" if recent < total / 2 else "old and new"
    )
    sides = f"{recent} of the last {known} are from 2000 or later, {total - recent} from before"
    text = f"This {words.user} {words.consumed} {leaning} {words.items}: {sides}. By {name}: {told}."
    return Answer("taste", text, HISTORY)


def is_into(question: Question, context: Context) -> Answer:
    """Say whether the history holds a value, and in which items."""
    catalogue, words = context.catalogue, context.catalogue.wording
    recent = context.history.recent
    pair = max(
        question.values[0], key=lambda one: sum(one[1] in catalogue.values(item, one[0]) for item in recent)
    )
    having = [item for item in recent if pair[1] in catalogue.values(item, pair[0])]
    usual = catalogue.value_counts.get(pair, 0) / max(1, len(catalogue)) * len(recent)
    if not having:
        return Answer(
            "taste",
            f"No: there are no {_liked(pair, words.items)} among the last {len(recent)} {words.items}.",
            HISTORY,
        )
    more = len(having) >= _LIFT * usual and len(having) >= _FEWEST
    text = (
        f"{'Yes' if more else 'Hardly'}: {len(having)} of the last {len(recent)} {words.items}, "
        f"{context.named(having[:_SHOWN])}{' among them' if len(having) > _SHOWN else ''}; "
        f"{usual:.1f} would be usual in this catalogue."
    )
    return Answer("taste", text, HISTORY, items=tuple(having))


def which_of(question: Question, context: Context) -> Answer | None:
    """Say of which of two values there is more in the history; None where they are the same."""
    words, recent = context.catalogue.wording, context.history.recent
    pairs = list(dict.fromkeys(pairs[0] for pairs in question.values if pairs))
    if len(pairs) < 2:
        return None
    having = {
        pair: [item for item in recent if pair[1] in context.catalogue.values(item, pair[0])]
        for pair in pairs
    }
    ranked = sorted(pairs, key=lambda pair: -len(having[pair]))
    told = joined([f"{len(having[pair])} {_liked(pair, words.items)}" for pair in ranked])
    most = [pair for pair in ranked if len(having[pair]) == len(having[ranked[0]])]
    first = "Neither more than the other" if len(most) > 1 else _liked(ranked[0], words.items).capitalize()
    items = having[ranked[0]][:_SHOWN] if len(most) == 1 else []
    named = f", such as {context.named(items)}" if items else ""
    return Answer(
        "taste", f"{first}: {told} among the last {len(recent)}{named}.", HISTORY, items=tuple(items)
    )


def history(question: Question, context: Context) -> Answer:
    """Tell what the history holds, the last items by name."""
    words, own = context.catalogue.wording, context.history
    latest = own.recent[-1 : -1 - _TOLD : -1]
    text = (
        f"{times(len(own.items), words.item, words.items).capitalize()}, of which the last {len(own.recent)} count. "
        f"Latest first: {context.named(latest)}."
    )
    return Answer("taste", text, HISTORY, items=latest)


def has_changed(question: Question, context: Context) -> Answer:
    """Compare the earlier half of the history with the later one."""
    catalogue, words, history = context.catalogue, context.catalogue.wording, context.history.recent
    half = len(history) // 2
    early, late = history[:half], history[half:]
    if half < _FEWEST:
        return Answer("taste", f"{len(history)} {words.items} are too few to tell a change.", HISTORY)
    counts = [Counter(pair for item in part for pair in values_of(catalogue, item)) for part in (early, late)]
    shift = {
        pair: counts[1][pair] / len(late) - counts[0][pair] / len(early) for pair in {*counts[0], *counts[1]}
    }
    ranked = sorted(shift, key=lambda pair: (-shift[pair], pair))

    def told(pair: tuple[str, str]) -> str:
        return f"{_liked(pair, words.items)} ({counts[0][pair]} of {len(early)}, then {counts[1][pair]} of {len(late)})"

    notable = 0.4
    risen = [told(pair) for pair in ranked[:2] if shift[pair] >= notable]
    fallen = [told(pair) for pair in ranked[: -1 - 2 : -1] if shift[pair] <= -notable]
    if not risen and not fallen:
        return Answer("taste", "Not much: no taste is clearly stronger or weaker in the later half.", HISTORY)
    parts = [f"more {joined(risen)}"] * bool(risen) + [f"fewer {joined(fallen)}"] * bool(fallen)
    return Answer("taste", f"Yes, between the earlier and the later half: {'; '.join(parts)}.", HISTORY)


def in_common(question: Question, context: Context) -> Answer:
    """Say what two items share, by the catalogue."""
    first, second = question.items[:2]
    shared = shared_values(context.catalogue, first, second)
    both = context.named([first, second])
    if not shared:
        return Answer("taste", f"By the catalogue, {both} have nothing in common.", CATALOGUE)
    told = joined([f"{one_of(name)} {value}" for name, value in shared])
    return Answer("taste", f"{both} have in common: {told}.", CATALOGUE, items=(first, second))


def _of_different_items(
    found: Sequence[tuple[tuple[str, str], list[int]]],
) -> list[tuple[tuple[str, str], list[int]]]:
    """Return tastes of which no two are of the same attribute."""
    taken: dict[str, tuple[tuple[str, str], list[int]]] = {}
    for pair, having in found:
        taken.setdefault(pair[0], (pair, having))
    return [*taken.values()]


def _liked(pair: tuple[str, str], items_word: str) -> str:
    """Return what is liked as a noun phrase, the same each time: "films about solitude"."""
    return taste(*pair, items_word, random.Random(0))


def _word_counts(catalogue: Catalogue) -> Counter[tuple[str, str]]:
    return Counter(pair for item in range(len(catalogue)) for pair in values_of(catalogue, item))
