"""What a sentence says becomes of the item without some of the history."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from recexplainer_core.rationale.claims import Removal
from recexplainer_core.rationale.extraction import removal_cues
from recexplainer_core.rationale.extraction.masking import Masked
from recexplainer_core.rationale.extraction.roles import TOKEN, Role

Outcome = Literal["needed", "robust"]


def removals(sentence: Masked, roles: Mapping[str, Role]) -> list[Removal]:
    """Return a claim for each title, or list of titles, that is thought away with an outcome."""
    text = sentence.text
    cuts = [
        (removal_cues.cue_start(text[: token.start()]), token)
        for token in TOKEN.finditer(text)
        if roles.get(token[0]) == "removed"
    ]
    claims: list[Removal] = []
    for number, (start, token) in enumerate(cuts):
        end = cuts[number + 1][0] if number + 1 < len(cuts) else len(text)
        begin = cuts[number - 1][1].end() if number else 0
        outcome = _outcome(text[begin:start], text[start : token.start()], text[token.end() : end])
        if outcome is None and number + 1 < len(cuts):
            outcome = _told(text[token.end() :])
        if outcome is not None:
            claims.append(Removal(sentence.items_of(token[0]), outcome))
    return list(dict.fromkeys(claims))


def _outcome(before: str, cue: str, after: str) -> Outcome | None:
    """Return what is said to follow, be it told behind the condition or before it."""
    necessary = removal_cues.says_needed(after)
    if necessary is not None:
        return "needed" if necessary else "robust"
    before = re.split(r"[;:]", before)[-1]
    after = removal_cues.without_condition(after.split(";")[0])
    if removal_cues.HANGS_ON.search(cue):
        return "robust" if re.search(r"\b(?:not|hardly|never)(?: [a-z]+)? $", before) else "needed"
    if re.search(r"\beven (?:if [a-z ]*)?$", before) or re.match(r"even\b", cue) or "though" in cue:
        return "robust" if _told(after) != "needed" or "still" in after else "needed"
    return _told(after) or _told(before)


def _told(text: str) -> Outcome | None:
    # "had not been seen" is part of the condition, not of what follows from it.
    text = re.sub(r"^ (?:had |have |were |was |is |are )?not (?:been|counted|in|part)\b", "", text)
    denied = re.search(r"\bnot (?:be )?(?:stay|remain|keep|hold|survive|withstand|still|among|on)\b", text)
    if removal_cues.ROBUST.search(text) and not denied:
        return "robust"
    return "needed" if denied or removal_cues.NEEDED.search(text) else None
