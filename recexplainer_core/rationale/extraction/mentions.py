"""Where titles and values of a catalogue stand in a text, whoever wrote it and however they are marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from recexplainer_core.catalogue import Catalogue, normalise_title
from recexplainer_core.rationale.extraction.ordinary_words import is_title_here
from recexplainer_core.rationale.extraction.title_index import title_index
from recexplainer_core.rationale.extraction.value_index import Pair, value_index

_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(
    r"«([^«»\n]+)»|“([^“”\n]+)”|\"([^\"\n]+)\"|‘([^‘\n]+?)’(?!\w)|(?<!\w)'([^'\n]+)'(?!\w)"
    r"|(?<![\w*])\*{1,3}([^*\n]+)\*{1,3}|(?<!\w)_{1,3}([^_\n]+)_{1,3}"
)
_YEAR = re.compile(r"\s\((?:18|19|20)\d\d\)")
_NUMBERED = re.compile(r" (?:\d+|II|III|IV|V|VI)\b(?! of\b)")
_QUOTED_WORDS = 6
"""Words up to which a quotation that is no title is taken for the title of something else."""
_VALUE_WORDS = 4


@dataclass(frozen=True)
class TitleMention:
    """A stretch of text, marks included, that names an item."""

    start: int
    end: int
    item: int


@dataclass(frozen=True)
class ValueMention:
    """A stretch of text that is a value; more than one pair where several attributes have such a value."""

    start: int
    end: int
    pairs: tuple[Pair, ...]


def title_mentions(text: str, catalogue: Catalogue, scope: Sequence[int]) -> list[TitleMention]:
    """Return the titles of a text in order, the longest where several are possible.

    Args:
        text: any text.
        catalogue: knows the titles.
        scope: the items that the reason may well speak of: the explained one, the history, a second item.
    """
    index = title_index(catalogue)
    found: list[TitleMention] = []
    taken: list[tuple[int, int]] = []
    for mark in _QUOTED.finditer(text):
        inside = next(group for group in mark.groups() if group is not None)
        item = index.resolve(normalise_title(inside), scope)
        if item is not None:
            found.append(TitleMention(mark.start(), _with_year(text, mark.end()), item))
            taken.append(mark.span())
        elif mark[0][0] not in "*_'‘" and inside[:1].isupper() and len(inside.split()) <= _QUOTED_WORDS:
            taken.append(mark.span())
    words = list(_WORD.finditer(text))
    first = 0
    while first < len(words):
        mention = None
        if not any(start <= words[first].start() < end for start, end in taken):
            mention = _longest(text, words, first, catalogue, scope)
        if mention is not None:
            found.append(mention)
            first = next((i for i in range(first, len(words)) if words[i].start() >= mention.end), len(words))
        else:
            first += 1
    return sorted(found, key=lambda one: one.start)


def value_mentions(
    text: str, titles: Sequence[TitleMention], catalogue: Catalogue, scope: Sequence[int]
) -> list[ValueMention]:
    """Return the values of a text in order, outside its titles; see `title_mentions`."""
    index = value_index(catalogue)
    words = [
        word
        for word in _WORD.finditer(text)
        if not any(one.start <= word.start() < one.end for one in titles)
    ]
    found: list[ValueMention] = []
    first = 0
    while first < len(words):
        for last in range(min(first + _VALUE_WORDS, len(words)) - 1, first - 1, -1):
            start, end = words[first].start(), words[last].end()
            pairs = index.pairs(normalise_title(text[start:end]), text[start].isupper(), scope)
            if pairs and "\n" not in text[start:end]:
                found.append(ValueMention(start, end, pairs))
                first = last
                break
        first += 1
    return found


def _longest(
    text: str, words: Sequence[re.Match[str]], first: int, catalogue: Catalogue, scope: Sequence[int]
) -> TitleMention | None:
    index = title_index(catalogue)
    start = words[first].start()
    for last in range(min(first + index.most_words, len(words)) - 1, first - 1, -1):
        end = words[last].end()
        item = index.resolve(normalise_title(text[start:end]), scope)
        if item is None or "\n" in text[start:end] or _NUMBERED.match(text, end):
            continue
        if is_title_here(text, start, end, item in scope):
            end = _with_punctuation(text, end, catalogue.titles[item], start)
            return TitleMention(start, _with_year(text, end), item)
    return None


def _with_year(text: str, end: int) -> int:
    year = _YEAR.match(text, end)
    return year.end() if year else end


def _with_punctuation(text: str, end: int, title: str, start: int) -> int:
    """Return the end behind what the title ends with, "E.T.", or behind a bracket that it has opened."""
    if text.count("(", start, end) > text.count(")", start, end):
        return end + 1 if text.startswith(")", end) else end
    plain = re.sub(r" \(\d{4}\)$", "", title)
    ending = re.search(r"[^\w\s]*$", plain)
    return end + len(ending[0]) if ending and ending[0] and text.startswith(ending[0], end) else end
