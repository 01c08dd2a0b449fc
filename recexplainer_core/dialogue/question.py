"""A free question as it is read: its titles and values are found, what is left are its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from recexplainer_core.catalogue import Catalogue, normalise_title
from recexplainer_core.rationale.extraction.mentions import TitleMention, title_mentions, value_mentions
from recexplainer_core.rationale.extraction.title_index import title_index
from recexplainer_core.rationale.extraction.value_index import Pair

_NAMED = re.compile(r"(?<!^)(?<![.?!] )\b[A-Z][\w'’]*(?: (?:(?:of|the|and|in|to|a) )*[A-Z0-9][\w'’]*)*")
_CUES = re.compile(
    r"\b(?:like|enjoy|watch|see|seen|show them|show|suggest|recommend|about|directed|describe|is|not|or|than|of|and|for"
    r"|to|popular|have|without|did|love)\s+(?=\w)",
    re.IGNORECASE,
)
_SHORT = 3
_PLAIN = {
    "them",
    "this",
    "that",
    "what",
    "most",
    "next",
    "more",
    "popular",
    "true",
    "taste",
    "their",
    "first",
    "second",
}
_NO_NAMES = {"I", "LLM", "I'm", "I’m"}
_SPELLINGS = (("’", "'"), ("colour", "color"), ("favourite", "favorite"))


@dataclass(frozen=True)
class Question:
    """What somebody asks.

    Args:
        typed: as it was typed.
        words: in small letters, a T for each title and a V for each value in it.
        items: what it names, in order.
        values: for each value the (attribute, value) pairs that it may stand for.
        unknown: a name in it that is neither a title nor a value; empty where there is none.
    """

    typed: str
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
    if not titles:
        titles = _in_any_case(text, catalogue, scope)
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
    # A name right behind a colon begins a sentence as far as anybody can see.
    known = {name: catalogue.resolve(name) for name in named}
    if any(item is not None for item in known.values()):
        for name, item in known.items():
            if item is not None:
                text = re.sub(rf"\b{re.escape(name)}\b", f"«{catalogue.titles[item]}»", text)
        return read_question(text, catalogue, scope)
    return Question(
        text,
        words,
        tuple(dict.fromkeys(one.item for one in titles)),
        tuple(one.pairs for one in values),
        named[0] if named else "",
    )


def _in_any_case(text: str, catalogue: Catalogue, scope: Sequence[int]) -> list[TitleMention]:
    """Return a title that is typed in small letters behind a word that a title is expected behind."""
    index = title_index(catalogue)
    for cue in _CUES.finditer(text):
        words = list(re.finditer(r"[^\W_]+(?:['’:.,-][^\W_]+)*", text[cue.end() :]))
        for last in range(min(len(words), index.most_words), 0, -1):
            end = words[last - 1].end()
            name = normalise_title(text[cue.end() : cue.end() + end])
            item = index.resolve(name, scope)
            if item is not None and (len(name) > _SHORT or " " in name) and name not in _PLAIN:
                return [TitleMention(cue.end() + words[0].start(), cue.end() + end, item)]
    return []


def _kept(parts: Sequence[str]) -> list[str]:
    """Return stretches between titles; a mark in front keeps the first word of a later one from being a beginning."""
    return [part if number == 0 else f"-{part}" for number, part in enumerate(parts)]
