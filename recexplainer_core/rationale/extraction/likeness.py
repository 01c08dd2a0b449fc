"""What a sentence says history items and the explained one have in common."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.rationale.extraction.masking import Masked
from recexplainer_core.rationale.extraction.vocabulary import ATTRIBUTES

LIKENESS = re.compile(
    r"\b(?:like|alike|just like|same|shares?|shared|sharing|in common|link(?:s|ed)? (?:is )?to|both|each"
    r"|all (?:of )?(?:these|three|two|four|those|them)|too|also|as well|another|likewise|similarly"
    r"|so (?:is|does|do|are|has) (?:this|it|X)|as (?:T\d+|does|do|is)"
    r"|all over again|resembles?|along with|connects?|true of|(?:are|here are|these are) two|of its kind"
    r"|all\W*$|made T\d+ and|made it|common)\b"
)
TAKES_UP = re.compile(
    r"\b(?:both|each|all (?:of )?(?:these|three|four|those|them)|they|the two|all over again|same thing"
    r"|the same people|made it|them)\b"
)
"""Words that take up titles of the sentence before."""
THREE = re.compile(
    r"\b(?:all (?:of )?(?:these|three|four|those|them)|both of (?:your|them|these|those)|they)\b"
)
"""Words that take up several of them."""
_EXPLAINED = re.compile(
    r"\b(?:X|it|its|this|this one|so (?:is|does|has))\b|\b(?:too|also|another|all|like|likewise|along with"
    r"|resembles?|same|shares?|shared)\b"
)
_UNLIKE = re.compile(r"\b(?:unlike|not like|nothing in common|not share|not also|few|no longer)\b")
_NOUNS = {word: name for name, words in ATTRIBUTES.items() for word in (name, *words)}
_SAME = re.compile(
    r"(?:same (?P<same>[a-z-]+)(?: as|\W|$)|shares? (?:its|the|a|their|his"
    r"|her) (?:same )?(?P<shares>[a-z-]+)(?: with)?|the (?P<common>[a-z-]+) in common)"
)


def attribute_called(word: str, catalogue: Catalogue) -> str | None:
    """Return the catalogue's attribute that a word stands for: "genres" for "genre"."""
    wanted = _NOUNS.get(word)
    for attribute in catalogue.attributes:
        if attribute.lower() == word or (wanted is not None and _NOUNS.get(attribute.lower()) == wanted):
            return attribute
    return None


def same_attributes(clause: str, catalogue: Catalogue) -> list[str]:
    """Return the attributes that a clause says are the same, without saying which value they have."""
    words = [next(filter(None, found.groups())) for found in _SAME.finditer(clause)]
    return [attribute for word in words if (attribute := attribute_called(word, catalogue)) is not None]


def shared_value(catalogue: Catalogue, item: int, explained: int, attribute: str) -> str | None:
    """Return the value of an attribute that two items share, else the explained one's first."""
    own = catalogue.values(explained, attribute)
    common = [value for value in own if value in catalogue.values(item, attribute)]
    return next(iter((*common, *own)), None)


def clauses(sentence: Masked) -> Sequence[str]:
    """Return the parts of a sentence in which a likeness and the titles that it is to stand together."""
    parts = re.split(r";|(?<=T\d), (?=same )", sentence.text)
    return [part for part in parts if part.strip()]


def claims_likeness(clause: str, sentence: str) -> bool:
    """Return whether a clause, or the sentence that it is a part of, speaks of a likeness."""
    plain = re.sub(r"\b(?:you|you also|that you|viewer|they|seem to|would) like\b", "", clause)
    whole = re.sub(r"\b(?:you|you also|that you|viewer|they|seem to|would) like\b", "", sentence)
    return bool(LIKENESS.search(plain) or LIKENESS.search(whole)) and not _UNLIKE.search(plain)


def with_explained(clause: str, n_titles: int) -> bool:
    """Return whether a clause compares titles with the explained item, not only with each other."""
    return n_titles < 2 or bool(_EXPLAINED.search(clause))


def bound_values(clause: str) -> dict[int, str]:
    """Return which title each value belongs to, where they stand in turn: "T0, another V0, and T1".

    Values that all stand before the titles, or all behind, belong to every title, and are not returned.
    """
    marks = re.findall(r"[TV]\d+", clause)
    if not re.search(r"T+V+T", "".join(mark[0] for mark in marks)):
        return {}
    bound: dict[int, str] = {}
    title = ""
    for mark in marks:
        if mark[0] == "T":
            title = mark
        elif title:
            bound[int(mark[1:])] = title
    return bound
