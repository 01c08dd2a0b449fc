"""What a sentence says of an item's place: in which band it is, and before which other item it comes."""

from __future__ import annotations

import re
from collections.abc import Collection

from recexplainer_core.rationale.claims import Band, Prefers, Rank
from recexplainer_core.rationale.extraction import cues
from recexplainer_core.rationale.extraction.cues import any_of
from recexplainer_core.rationale.extraction.masking import Masked

_FAR = any_of(
    r"far (?:down|below|outside|behind)",
    r"far from (?:being )?(?:one of |among )?(?:recommended|suggested|what we|{list})",
    r"long way (?:from|down|off)",
    r"nowhere near",
    r"low (?:position|place|rank)",
    r"near the bottom|at the bottom|deep down|very low",
    r"(?:is|be) not even close",
    r"nothing to suggest",
)
_NEAR = any_of(
    r"\b(?:not|never) (?:[a-z]+ )?(?:recommended|recommend|suggested|suggest|listed)\b(?! to see)",
    r"\bnot (?:a )?(?:recommendation|suggestion)\b",
    r"\b(?:not|never) (?:[a-z]+ )?(?:make|made|makes|reach|among|amongst|in|on|onto|part of"
    r"|one of) (?:it (?:onto|on) )?{list}",
    r"\b(?:just|narrowly|barely|only just) miss(?:es|ed)?\b",
    r"\bmiss(?:es|ed)? (?:out on )?{list}",
    r"\b(?:falls?|just|lies|is|stays) (?:just )?(?:outside|below|short of) (?:of )?{list}",
    r"\bno (?:suggestion|recommendation)(?: for)?\b",
    r"\bupper (?:third|part) of the order",
)
_FIRST = any_of(
    r"(?:among|one of|in) (?:the|your|our|its) (?:very )?(?:first three|top three|first (?:choices"
    r"|suggestions|picks)"
    r"|top (?:picks|choices|suggestions|recommendations)|best (?:picks|matches|suggestions))",
    r"\btop[- ](?:three|pick|choice|suggestion|recommendation)\b",
    r"\b(?:first (?:choice|three|place)|number one|no\. ?1|best match|in the top 3|among the first 3)\b|#1\b",
    r"\branks? first\b|\btops (?:the|your|our)\b",
    r"\btop of (?:the|your|our) (?:list|recommendations|ranking|order)|right at the top\b",
    r"\b(?:comes?|came) (?:up |out |in )?first\b",
)
_RECOMMENDED = any_of(
    r"\b(?:is|are|was|comes|been|gets|being|we have) (?:[a-z]+ )?(?:recommended|suggested)\b(?! by)",
    r"^(?:[✔✓+•*-] ?)?(?:[a-z ]+: )?(?:recommended|suggested)\b(?! by)",
    r"\b(?:we|i)(?: would| also| do| have| therefore| can)* (?:recommend|suggest|picked|pick|recommended"
    r"|suggested|chose|selected)"
    r" (?:[a-z]+ )?(?:X|it|this)\b",
    r"\b(?:on|onto|among|amongst|makes?|made|in|one of) {list}",
    r"\b(?:is|as) a (?:recommendation|suggestion|good match)\b",
    r"\bhand-?picked for",
    r"\bamong the good matches\b",
    r"\bholds a place (?:among|in|on) {list}",
)
_OF_A_TITLE = re.compile(r"T\d+,? (?:(?:is|are|was) (?:recommended|suggested)|comes? first)")
_CONDITIONAL = re.compile(
    r"\b(?:without|unless|had you|if|even when|should|were|removed?|take away|leave out|lose|needs?"
    r"|hangs on|depends|hinges|as long as"
    r"|keeps? (?:it|X)|holds? (?:it|X)|no longer|(?:would|will) (?:not |still |no longer |probably |never "
    r"|also )+)\b"
)
_MARGIN = re.compile(
    r",? (?:if|though|without being|but) (?:only |not |just )*(?:just|narrowly|by much|by far|far (?:off"
    r"|from)[a-z ]*|far)\b"
)
_ABOVE = (
    r"(?:before|ahead of|above|over|in front of|rather than|instead of|better (?:[a-z]+ )*than"
    r"|more (?:[a-z]+ )*than|preferred to"
    r"|preferable to|beats?|wins over|outranks|past)"
)
_PREFERS = re.compile(
    rf"\b(?:X|it|this one) ?(?:[a-z']+ ){{0,6}}{_ABOVE} (?:the [a-z]+ )?O|(?:prefers?|preferred"
    rf"|chose) X (?:[a-z]+ )?(?:to|over) O"
    rf"|^{_ABOVE} O|O (?:[a-z]+ ){{0,3}}(?:after|below|behind|less (?:[a-z]+ )*than) (?:X|it)"
    rf"|X (?:[a-z]+ )*first, O"
)
_REVERSED = re.compile(
    rf"O (?:[a-z']+ ){{0,6}}{_ABOVE} (?:X|it)\b|X (?:[a-z]+ ){{0,3}}(?:after|below|behind) O"
    rf"|prefers? O (?:[a-z]+ )?(?:to|over) X"
)


def rank_of(sentence: Masked, item: int, removed: Collection[str]) -> Rank | None:
    """Return what a sentence says of the item's band, None where it says nothing or only under a condition.

    Args:
        sentence: a masked sentence.
        item: the explained item.
        removed: the tokens of titles that are thought away.
    """
    if cues.QUESTION.search(sentence.text):
        return None
    for clause in _clauses(sentence.text, removed):
        if _OF_A_TITLE.search(clause):
            continue
        band = _band(clause)
        if band is not None:
            return Rank(item, band)
    return None


def _clauses(text: str, removed: Collection[str]) -> list[str]:
    """Return the clauses of a sentence that stand under no condition."""
    found: list[str] = []
    for part in re.split(r"; | [–—] ", text):
        for clause in re.split(r": |, and (?=it |X |this )", part):
            plain = _MARGIN.sub("", re.sub(r"\b(we|i) would (?=recommend|suggest|pick)", r"\1 ", clause))
            if _CONDITIONAL.search(plain) or any(token in clause for token in removed):
                break
            found.append(plain)
    return found


def _band(clause: str) -> Band | None:
    if _FAR.search(clause):
        return "far"
    if _NEAR.search(clause):
        return "near"
    first = _FIRST.search(clause)
    if first and not re.search(r"\bnot (?:[a-z]+ ){0,4}$", clause[: first.start()]):
        return "first"
    return "recommended" if _RECOMMENDED.search(clause) else None


def preference(sentence: Masked, item: int, other: int | None) -> Prefers | None:
    """Return which of two items a sentence puts before the other one."""
    if other is None or cues.QUESTION.search(sentence.text):
        return None
    for pattern, claim in ((_REVERSED, Prefers(other, item)), (_PREFERS, Prefers(item, other))):
        found = pattern.search(sentence.text)
        if found and not cues.NEGATION.search(re.sub("rather than|instead of", "", found[0])):
            return claim
    return None
