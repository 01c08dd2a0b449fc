"""How a value of an attribute is spoken of: as something that is liked, and as what an item is like."""

from __future__ import annotations

import random
from collections.abc import Mapping

from recexplainer_core.prose import phrases
from recexplainer_core.prose.filling import with_slots
from recexplainer_core.rationale.interest import TITLE

_COMMON_NOUNS = ("genre", "genres", "theme", "themes", "mood", "moods", "tag", "tags", "keyword", "keywords")
_KINDS_OF_ITEM = ("genre", "genres", "category", "categories", "type", "types")
_PROPER = ("Sci-Fi",)
_COUNTRIES = ("country", "countries", "origin")
_WITH_ARTICLE = (
    "USA",
    "US",
    "UK",
    "United States",
    "United Kingdom",
    "Netherlands",
    "Philippines",
    "Czech Republic",
)


def taste(attribute: str, value: str, items_word: str, rng: random.Random) -> str:
    """Return a noun phrase for what is liked: "films about solitude"."""
    if attribute.lower() in _KINDS_OF_ITEM and any(word in items_word for word in value.lower().split()):
        return within_a_sentence(attribute.lower(), value)  # "film noir", not "film noir films"
    return _worded(
        phrases.TASTES, phrases.WORDS_TASTES, phrases.TASTES_OTHERWISE, attribute, value, items_word, rng
    )


def kind(attribute: str, value: str, items_word: str, rng: random.Random) -> str:
    """Return a predicate that says that something has the value: "is about solitude"."""
    return _worded(
        phrases.KINDS, phrases.WORDS_KINDS, phrases.KINDS_OTHERWISE, attribute, value, items_word, rng
    )


def _worded(
    known: Mapping[str, tuple[str, ...]],
    of_titles: tuple[str, ...],
    otherwise: tuple[str, ...],
    attribute: str,
    value: str,
    items_word: str,
    rng: random.Random,
) -> str:
    name = attribute.lower()
    patterns = of_titles if attribute == TITLE else known.get(name, otherwise)
    values = {"value": within_a_sentence(name, value), "name": attribute, "items_word": items_word}
    return with_slots(rng.choice(patterns), values)


def within_a_sentence(attribute: str, value: str) -> str:
    """Return a value as it is written in running text: "Comedy" small, "the USA" with its article."""
    if attribute in _COMMON_NOUNS and value.istitle() and value not in _PROPER:
        return value.lower()
    return f"the {value}" if attribute in _COUNTRIES and value in _WITH_ARTICLE else value
