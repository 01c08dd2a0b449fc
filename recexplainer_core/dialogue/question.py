"""A free question as it is read: its titles and values are found, what is left are its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.rationale.extraction.mentions import title_mentions, value_mentions
from recexplainer_core.rationale.extraction.value_index import Pair

_NAMED = re.compile(r"(?<!^)(?<![.?!] )\b[A-Z][\w'’]*(?: (?:(?:of|the|and|in|to|a) )*[A-Z0-9][\w'’]*)*")
_NO_NAMES = {"I", "LLM", "I'm", "I’m"}
_SPELLINGS = (("’", "'"), ("colour", "color"), ("favourite", "favorite"))


@dataclass(frozen=True)
class Question:
    """What somebody asks.

    Args:
        text: as it was typed.
        words: in small letters, a T for each title and a V for each value in it.
        items: what it names, in order.
        values: for each value the (attribute, value) pairs that it may stand for.
        unknown: a name in it that is neither a title nor a value; empty where there is none.
    """

    text: str
    words: str
    items: tuple[int, ...]
    values: tuple[tuple[Pair, ...], ...]
    unknown: str


def read_question(text: str, catalogue: Catalogue, scope: Sequence[int]) -> Question:
    """Read a question.

    Args:
        text: as it was typed.
        catalogue: knows titles and values.
        scope: the items that it may well be about, those on screen.
    """
    titles = title_mentions(text, catalogue, scope)
    values = value_mentions(text, titles, catalogue, scope)
    places = sorted(
        [(one.start, one.end, "T") for one in titles] + [(one.start, one.end, "V") for one in values]
    )
    pieces, rest, end = [], [], 0
    for start, stop, mark in places:
        pieces += [text[end:start].lower(), f" {mark} "]
        rest.append(text[end:start])
        end = stop
    words = " ".join("".join([*pieces, text[end:].lower()]).split())
    for other, usual in _SPELLINGS:
        words = words.replace(other, usual)
    rest.append(text[end:])
    named = [found[0] for part in _kept(rest) for found in _NAMED.finditer(part) if found[0] not in _NO_NAMES]
    return Question(
        text,
        words,
        tuple(dict.fromkeys(one.item for one in titles)),
        tuple(one.pairs for one in values),
        named[0] if named else "",
    )


def _kept(parts: Sequence[str]) -> list[str]:
    """Return stretches between titles; a mark in front keeps the first word of a later one from being a beginning."""
    return [part if number == 0 else f"-{part}" for number, part in enumerate(parts)]
