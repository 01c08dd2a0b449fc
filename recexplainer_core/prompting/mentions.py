"""Titles and attribute values recognised in free text, where nothing marks them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from recexplainer_core.catalogue import Catalogue

MOST_WORDS = 14
"""Words of the longest title that is looked for."""
_WORD = re.compile(r"\w+")
Found = TypeVar("Found")


@dataclass(frozen=True)
class Mention:
    """A stretch of text that names an item.

    Args:
        start: index of its first character.
        end: index behind its last.
        item: the item.
    """

    start: int
    end: int
    item: int


@dataclass(frozen=True)
class ValueMention:
    """A stretch of text that is some attribute's value, as the catalogue writes it but for capitals.

    Args:
        start: index of its first character.
        end: index behind its last.
        value: as the catalogue writes it.
        attributes: those which have such a value.
    """

    start: int
    end: int
    value: str
    attributes: tuple[str, ...]


def mentions(text: str, catalogue: Catalogue) -> list[Mention]:
    """Return the titles in a text, in order, the longest first where several begin alike.

    A title of one word counts only in the catalogue's own spelling, capitals included: "Heat", not "heat".
    """

    def known(found: str) -> int | None:
        item = catalogue.resolve(found)
        if item is None or " " in found.strip():
            return item
        return item if found in _WORD.findall(catalogue.titles[item]) else None

    return [Mention(*place) for place in _longest(text, known)]


def value_mentions(text: str, catalogue: Catalogue) -> list[ValueMention]:
    """Return the attribute values in a text, in order, the longest first where several begin alike."""
    named: dict[str, tuple[str, tuple[str, ...]]] = {}
    for attribute in catalogue.descriptive:
        for value in {value for values in catalogue.attributes[attribute] for value in values}:
            key = value.casefold()
            named[key] = (value, (*named.get(key, ("", ()))[1], attribute))
    return [
        ValueMention(start, end, *named[key])
        for start, end, key in _longest(
            text, lambda found: found.casefold() if found.casefold() in named else None
        )
    ]


def without(text: str, spans: list[Mention]) -> str:
    """Return the text with blanks in place of the titles, every other character where it was."""
    for span in spans:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def _longest(text: str, known: Callable[[str], Found | None]) -> list[tuple[int, int, Found]]:
    words = list(_WORD.finditer(text))
    places: list[tuple[int, int, Found]] = []
    first = 0
    while first < len(words):
        for last in range(min(first + MOST_WORDS, len(words)) - 1, first - 1, -1):
            start, end = words[first].start(), words[last].end()
            if (found := known(text[start:end])) is not None:
                places.append((start, _with_bracket(text, start, end), found))
                first = last
                break
        first += 1
    return places


def _with_bracket(text: str, start: int, end: int) -> int:
    """Return the end behind the bracket that closes one of the stretch: "Solaris (2002)"."""
    opened = text.count("(", start, end) > text.count(")", start, end)
    return end + 1 if opened and text[end : end + 1] == ")" else end
