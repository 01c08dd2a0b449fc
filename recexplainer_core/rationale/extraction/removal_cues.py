"""Cues of a title that is thought away, and of what becomes of the item then."""

from __future__ import annotations

from recexplainer_core.rationale.extraction.cues import any_of, before, behind

_REMOVED_BEFORE = before(
    r"\b(?:without|absent)(?: having {consumed})? ",
    r"\b(?:take|leave|strip|cut|rule)(?: away| out)? ",
    r"\b(?:remove|drop|lose|delete|ignore|discount|forget|set aside|disregard|removal of|absence of"
    r"|loss of|removing|dropping|leaving out|taking (?:away|out)|losing|were it not for|but for"
    r"|was it not for|if not for|not for|only (?:with|as long as|because of|while|thanks to)|as long as) ",
    r"(?:had (?:{user} )?(?:not|never) {words}|(?:if|though) {user} (?:had |have )?(?:not|never) {words}"
    r"|if {user} {words}(?:neither|none of) )",
    r"\b(?:needs?|requires?|it takes|(?:hangs?|depends?|hinges?|stands and falls"
    r"|stands or falls)(?: entirely| only)? (?:on|with|upon)) (?:having {consumed} )?",
)
_IF_BEFORE = before(r"\b(?:were|should|if|had|when|once|with) ")
_REMOVED_BEHIND = any_of(
    r"^,? (?:(?:were|was|is|are|be|to be|had|been|not|ever|never|counted|itself) )*(?:missing|gone|absent"
    r"|removed|disregarded|ignored|left out|taken (?:out|away)"
    r"|excluded|dropped|not (?:been )?(?:part|in|there|counted|{consumed})|to (?:go|disappear))\b"
)
_NEEDED_BEHIND = behind(
    r"(?:is|are) (?:[a-z]+ )?(?:[a-z]+ )?(?:needed|necessary|essential|indispensable|required)"
)
HANGS_ON = any_of(
    r"\b(?:needs?|requires?|it takes|hang|hangs|depends?|hinges?|stands (?:and|or) falls|only"
    r"|as long as)\b[a-z ]*$"
)
"""Cues that say by themselves that the item needs the title."""
NEEDED = any_of(
    r"\b(?:would|will|does|is|could|may|might|are|can) (?:probably |likely |then |simply )?(?:not"
    r"|no longer)\b",
    r"\bno longer\b",
    r"\b(?:drops?|falls?|fell|vanish(?:es)?|gone|disappears?|slips?|goes|out)\b",
    r"\blos(?:e|es) its\b",
    r"\bnot (?:be |have been )?(?:recommended|suggested)",
    r"\bno (?:suggestion|recommendation)\b",
    r"\b(?:off|outside) the (?:list|top|first)\b",
    r"\bwould go\b",
    r"\bsay goodbye\b",
)
ROBUST = any_of(
    r"\b(?:still|stays?|remains?|keeps?|would stand|holds?|survives?|withstands?|all the same"
    r"|nothing changes|unchanged|either way|anyway|regardless"
    r"|hangs on|would do without)\b",
    r"\b(?:not|never) (?:push|throw|move|knock|change|affect|hang|depend|hinge|matter)",
    r"\beven (?:without|if|when)\b",
    r"\bwould (?:also |equally )?(?:be|have been) (?:[a-z]+ )?(?:recommended|suggested|there|among|on|in)\b",
)


def is_removed(before_it: str, behind_it: str) -> bool:
    """Return whether a title is thought away by the words before and behind it."""
    if _REMOVED_BEFORE.search(before_it):
        return True
    if _IF_BEFORE.search(before_it) and _REMOVED_BEHIND.search(behind_it):
        return True
    return bool(_NEEDED_BEHIND.match(behind_it))


def cue_start(before_it: str) -> int:
    """Return where the cue begins that thinks a title away, the end where it stands behind the title."""
    found = _REMOVED_BEFORE.search(before_it) or _IF_BEFORE.search(before_it)
    return found.start() if found else len(before_it)


def without_condition(behind_it: str) -> str:
    """Return what stands behind a title that is thought away, without the words that think it away."""
    return _REMOVED_BEHIND.sub("", behind_it)


def says_needed(behind_it: str) -> bool | None:
    """Return whether a title is called necessary (True) or unnecessary (False), None where nothing is "
    "said of it."""
    found = _NEEDED_BEHIND.match(behind_it)
    return None if found is None else " not " not in found[0] and " hardly " not in found[0]
