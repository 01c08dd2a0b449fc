"""What the catalogue says of an item, in sentences."""

from __future__ import annotations

import random
from collections.abc import Mapping

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.lm.segments import Prompt, Template
from recexplainer_core.prompting.patterns import fill, joined

_PHRASES: Mapping[str, tuple[str, ...]] = {
    "year": ("is from {values}", "came out in {values}", "dates from {values}"),
    "decade": ("belongs to the {values}", "is of the {values}"),
    "director": ("was directed by {values}", "is by {values}", "was made by {values}"),
    "country": ("was made in {values}", "comes from {values}"),
    "genres": ("is {values}", "is a case of {values}", "counts as {values}"),
    "themes": ("is about {values}", "tells of {values}", "turns on {values}"),
    "mood": ("is {values} in mood", "feels {values}"),
}
"""Attribute -> how its values are said. These fit films: an attribute of other things that has one of these names gets
the film's words; all others take `_OTHERWISE`."""
_OTHERWISE = ("has the {name} {values}", "is listed with the {name} {values}")

QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "year": ("When did {item} come out?", "From which year is {item}?"),
    "director": ("Who directed {item}?", "Who made {item}?"),
    "country": ("Where was {item} made?",),
    "genres": ("What genre is {item}?", "What kind of {item_word} is {item}?"),
    "themes": ("What is {item} about?", "Which themes does {item} have?"),
    "mood": ("What is the mood of {item}?", "How does {item} feel?"),
}
"""Attribute -> how it is asked for, with the same restriction."""
QUESTION_OTHERWISE = ("What is the {name} of {item}?",)


def values_listed(values: tuple[str, ...]) -> Prompt:
    """Write values as "a, b and c"."""
    parts: Prompt = ()
    for number, value in enumerate(values, 1):
        joint = "" if number == 1 else " and " if number == len(values) else ", "
        parts = (*parts, *((Template(joint),) if joint else ()), *fill("{value}", {"value": value}))
    return parts


def known_attributes(catalogue: Catalogue, item: int) -> list[str]:
    """Return the attributes of which the item has a value, identifiers left out."""
    return [name for name in catalogue.descriptive if catalogue.values(item, name)]


def statement(catalogue: Catalogue, item: int, attribute: str, rng: random.Random) -> Prompt:
    """Say one attribute of an item, without its subject: "was directed by ..."."""
    pattern = rng.choice(_PHRASES.get(attribute, _OTHERWISE))
    values = values_listed(catalogue.values(item, attribute))
    return fill(pattern, {"values": values, "name": (Template(attribute),)})


def description(catalogue: Catalogue, item: int, attributes: list[str], rng: random.Random) -> Prompt:
    """Say several attributes of an item in one sentence, the title first."""
    parts: Prompt = fill("{title}", {"title": catalogue.titles[item]})
    if not attributes:
        return joined((*parts, Template(f" is one of the {catalogue.wording.items}.")))
    for number, attribute in enumerate(attributes, 1):
        joint = " " if number == 1 else " and " if number == len(attributes) else ", "
        parts = (*parts, Template(joint), *statement(catalogue, item, attribute, rng))
    return joined((*parts, Template(".")))


def question_and_answer(catalogue: Catalogue, item: int, rng: random.Random) -> tuple[Prompt, Prompt] | None:
    """Ask for one attribute of an item, and answer; None where nothing is known of it."""
    known = known_attributes(catalogue, item)
    if not known:
        return None
    attribute = rng.choice(known)
    asked = fill(
        rng.choice(QUESTIONS.get(attribute, QUESTION_OTHERWISE)),
        {
            "item": catalogue.titles[item],
            "item_word": (Template(catalogue.wording.item),),
            "name": (Template(attribute),),
        },
    )
    return asked, joined((*values_listed(catalogue.values(item, attribute)), Template(".")))
