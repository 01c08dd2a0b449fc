"""The pieces that cues are made of, and how a table of phrases becomes a pattern over masked sentences.

In a phrase, "X" is the explained item, "O" the second one, "T" a title and "V" a value; {it} is whatever
means the explained item, {user} the user, {consumed} a verb of watching, buying or liking, {list} what is
recommended, and {words} a few plain words, which cross no comma and no name.
"""

from __future__ import annotations

import re

_PIECES = {
    "words": r"(?:[a-z'-]+ ){0,5}?",
    "it": (
        r"(?:X|it|them|this(?: (?:one|film|movie|book|novel|game|product|item|title|pick|choice|suggestion"
        r"|recommendation|place))?|the (?:item|film|book|game|product|suggestion|recommendation|case|idea"
        r"|result))"
    ),
    "user": (
        r"(?:you|they|he|she|i|we|(?:this|the|our) "
        r"(?:user|viewer|reader|player|shopper|customer|listener|person))"
    ),
    "consumed": (
        r"(?:(?:have|had|has|did|do|also|already|once|really|clearly|so|just|recently|previously|highly) )*"
        r"(?:watched|seen|saw|read|played|bought|used|owned?|owns|liked?|likes|loved?|loves|enjoyed?"
        r"|enjoys|rated"
        r"|chose|chosen|picked|finished|devoured|tore through|could not put down|adored?|got through|fell for"
        r"|had fun with|purchased|ordered|tried|listened to|spent (?:time|hours|evenings) with|took to)"
    ),
    "list": (
        r"(?:(?:the|your|our|this|his|her|their|its) )?(?:[a-z]+ )?"
        r"(?:list|recommendations|suggestions|first ten|top ten|ten (?:suggestions|recommendations)|picks)"
    ),
}
QUESTION = re.compile(r"\?\W*$")
NEGATION = re.compile(
    r"\b(?:not|no|never|hardly|neither|nor|nothing|barely|no longer|scarcely|rather than|instead of"
    r"|irrelevant)\b"
)
"""Words that turn a cue round where they stand before it in its clause."""
FALSE_NEGATION = re.compile(
    r"could not put down|can not get enough|not only|no doubt|no wonder|(?:could|can) not help|no surprise"
    r"|would not be surprised|will not be surprised|no other|no title|nothing (?:[a-z]+ )*(?:more|louder"
    r"|than)"
)
"""Phrases that only look as if they denied something."""
REACH = 400
"""Characters before a name in which its cues are looked for."""
_CLAUSE = re.compile(r"[;:!?]|\. | [–—-] |, (?:but|while|though|although|yet|whereas|so) ")


def phrase(pattern: str) -> str:
    """Return a phrase with its pieces put in."""
    for name, piece in _PIECES.items():
        pattern = pattern.replace("{" + name + "}", piece)
    return pattern


def any_of(*phrases: str) -> re.Pattern[str]:
    """Return the pattern of a table of phrases, wherever they stand."""
    return re.compile("|".join(f"(?:{phrase(one)})" for one in phrases))


def before(*phrases: str) -> re.Pattern[str]:
    """Return the pattern of phrases that stand right before a name, a space between them."""
    return re.compile("(?:" + "|".join(f"(?:{phrase(one)})" for one in phrases) + ")$")


def behind(*phrases: str) -> re.Pattern[str]:
    """Return the pattern of phrases that stand right behind a name, be it in a clause of their own."""
    start = r"^(?:,? (?:and )?(?:which|that|who|they|these|both|all)|,)? ?"
    return re.compile(start + "(?:" + "|".join(f"(?:{phrase(one)})" for one in phrases) + ")")


def clause_before(text: str, place: int) -> str:
    """Return what stands before a place, from the beginning of its clause on."""
    starts = [found.end() for found in _CLAUSE.finditer(text, 0, place)]
    return text[starts[-1] if starts else 0 : place]


def denies(text: str) -> bool:
    """Return whether some words hold a negation."""
    return bool(NEGATION.search(FALSE_NEGATION.sub("", text)))
