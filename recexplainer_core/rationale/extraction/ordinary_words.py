"""When a title that is also an ordinary word, such as "It" or "Up", is meant as a title."""

from __future__ import annotations

import re

# fmt: off
_SMALL = frozenset((
    "a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "nor", "but", "from", "with",
    "by", "de", "la", "le", "der", "du", "vs", "s", "t",
))
_PRONOUNS = frozenset((
    "it", "this", "that", "i", "we", "you", "he", "she", "they", "these", "those", "there", "what",
    "who", "one",
))
"""Words with which ordinary sentences begin, verb next: never a title there unless marked."""
_ORDINARY = frozenset((
    "her", "him", "us", "them", "me", "up", "down", "in", "out", "inside", "outside", "after",
    "before", "once", "now", "then", "here", "when", "why", "how", "so", "if", "yes", "no", "not",
    "both", "like", "love", "more", "most", "other", "others", "again", "alone", "always", "never",
    "big", "old", "new", "go", "get", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "first", "last", "next", "best", "good", "great",
))
"""Words that begin ordinary sentences, too: a title there only where a verb or a list follows."""
# fmt: on
_GOES_ON = re.compile(
    r"(?:,? and |, )[A-Z«“\"‘*_]|:? (?:did|does|do|is|was|has|had|speak|speaks|count|counts|lead|leads"
    r"|point|points"
    r"|pull|pulls|help|helps|helped|weigh|weighs|argue|argues|matter|matters|carry|carries|make|makes|made"
    r"|support|supports|work|works|contribute|contributes|bring|brings|brought|tips|would|stays|stands)\b"
)
_BEGINS = re.compile(r"(?:^|[.!?…:;(\n•–—]|[-*+✔✘−]\s)[\s\"'“‘«(*_]*$")
_CAPITALISED_BEFORE = re.compile(r"\w[ ,]+(?:(?:[A-Z][\w'’]+) )$")
_CAPITALISED_BEHIND = re.compile(r" (?!I\b)[A-Z][\w]+")


def is_title_here(text: str, start: int, end: int, in_scope: bool) -> bool:
    """Return whether an unmarked stretch of text that equals a title is meant as one.

    Args:
        text: the whole text.
        start, end: the stretch.
        in_scope: whether the item is one that the reason may well speak of.
    """
    words = re.findall(r"[^\W_]+", text[start:end])
    large = [word for word in words if word.lower() not in _SMALL] or words
    titled = all(not word[0].islower() for word in large)
    if len(words) > 1:
        return titled or (in_scope and (len(words) > 2 or not any(map(str.isupper, text))))
    if not titled or words[0] == "I":
        return False
    begins = bool(_BEGINS.search(text[:start]))
    word = words[0].lower()
    if begins and word in _PRONOUNS:
        return False
    if begins and word in _ORDINARY and not _GOES_ON.match(text, end) and not _alone(text, end):
        return False
    if not begins and _CAPITALISED_BEFORE.search(text[:start]):
        return False
    if _CAPITALISED_BEHIND.match(text, end):
        return False
    return in_scope or not (begins or word in _ORDINARY or word in _PRONOUNS or len(word) < 3)


def _alone(text: str, end: int) -> bool:
    """Return whether the line ends here, as in a list."""
    return not re.match(r"[^\n]*\w", text[end:])
