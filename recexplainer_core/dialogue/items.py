"""What is known of one item: the catalogue's facts, its place among the histories, its neighbours in the target."""

from __future__ import annotations

import torch

from recexplainer_core.dialogue.answer import CATALOGUE, Answer
from recexplainer_core.dialogue.attributes import asked_attributes, asks_for_one, one_of
from recexplainer_core.dialogue.context import Context
from recexplainer_core.dialogue.question import Question
from recexplainer_core.prose.filling import listed as joined

_NEAREST = 5
_SHOWN = 6


def subject_of(question: Question, context: Context) -> int:
    """Return the item that a question is about: the first it names, or else the one on screen."""
    return question.items[0] if question.items else context.item


def fact(question: Question, context: Context) -> Answer | None:
    """Say what the catalogue has of an attribute; None if no attribute is asked for."""
    catalogue, item = context.catalogue, subject_of(question, context)
    title = context.named([item])
    asked = asked_attributes(question.words, catalogue)
    if not asked:
        if not asks_for_one(question.words):
            return None
        return Answer("item", f"The catalogue does not say that of {title}.", CATALOGUE, items=(item,))
    if "about" in question.words.split():
        asked = [
            *asked,
            *(name for name in catalogue.attributes if name.lower() in ("genre", "genres", "category")),
        ]
    told = [(name, catalogue.values(item, name)) for name in dict.fromkeys(asked)]
    known = [f"{one_of(name)} {joined(values)}" for name, values in told if values]
    if not known:
        text = f"The catalogue does not know the {one_of(asked[0])} of {title}."
    elif len(known) > 1:
        text = f"By the catalogue, {title} has the {joined(known)}; it says no more of what it is about."
    else:
        [(name, values)] = [(name, values) for name, values in told if values]
        several = len(values) > 1
        text = f"The {name if several else one_of(name)} of {title} {'are' if several else 'is'} {joined(values)}."
    return Answer("item", text, CATALOGUE, items=(item,))


def described(question: Question, context: Context) -> Answer:
    """Tell all that the catalogue has of an item."""
    catalogue, item = context.catalogue, subject_of(question, context)
    facts = [
        f"{name}: {', '.join(catalogue.values(item, name))}"
        for name in catalogue.attributes
        if catalogue.values(item, name)
    ]
    text = (
        f"{context.named([item])}, {'; '.join(facts)}."
        if facts
        else f"Of {context.named([item])} only the title is known."
    )
    return Answer("item", text, CATALOGUE, items=(item,))


def nearest(question: Question, context: Context) -> Answer:
    """Name the items that lie nearest to one in the target."""
    item = subject_of(question, context)
    vectors = torch.nn.functional.normalize(context.recommender.item_vectors.float(), dim=1)
    nearness = vectors @ vectors[item]
    nearness[item] = -torch.inf
    found = nearness.topk(min(_NEAREST, len(nearness) - 1)).indices.tolist()
    text = f"Nearest to {context.named([item])}, as the target sees it: {context.named(found)}."
    return Answer("item", text, "The target's vectors, by cosine", items=(item, *found))


def others_with(question: Question, context: Context) -> Answer | None:
    """Name other items with the same value of an attribute; None if no attribute is asked for."""
    catalogue, item = context.catalogue, subject_of(question, context)
    asked = asked_attributes(question.words, catalogue)
    if not asked:
        return None
    values = catalogue.values(item, asked[0])
    found = [
        other
        for other in range(len(catalogue))
        if other != item and set(values) & set(catalogue.values(other, asked[0]))
    ]
    told = joined(values) or "not known"
    if not found:
        return Answer(
            "item",
            f"No: the catalogue has nothing else with the {asked[0]} of {context.named([item])} ({told}).",
            CATALOGUE,
            items=(item,),
        )
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    listed = ", ".join(context.named([one]) for one in found[:_SHOWN]) if more else context.named(found)
    return Answer("item", f"By {told}: {listed}{more}.", CATALOGUE, items=(item, *found[:_SHOWN]))


def popularity(question: Question, context: Context) -> Answer:
    """Say how many histories hold an item, and its place by that."""
    item, words = subject_of(question, context), context.catalogue.wording
    if not len(context.popularity):
        return Answer("item", "How often it was chosen is not known here.", declined=True)
    count = int(context.popularity[item])
    place = 1 + sum(int(other) > count for other in context.popularity)
    text = (
        f"{context.named([item])} is no. {place:,} of {len(context.catalogue):,} by popularity: {count:,} "
        f"{words.users if count != 1 else words.user} {words.consumed} it."
    )
    return Answer("item", text, "Counted in all histories", items=(item,))


def is_there(question: Question, context: Context) -> Answer:
    """Say whether the catalogue has a title."""
    if question.items:
        return Answer(
            "item",
            f"Yes, the catalogue has {context.named(question.items[:1])}.",
            CATALOGUE,
            items=question.items[:1],
        )
    return not_there(question, context)


def not_there(question: Question, context: Context) -> Answer:
    """Say that a name is none of the catalogue's titles."""
    words = context.catalogue.wording
    text = f"No {words.item} called “{question.unknown}” is among the {len(context.catalogue):,} of this catalogue."
    return Answer("item", text, CATALOGUE)
