"""What a sentence says the user likes."""

from __future__ import annotations

import re

from recexplainer_core.rationale.extraction import cues, taste_cues
from recexplainer_core.rationale.extraction.masking import Masked

_VALUE = re.compile(r"V(\d+)")


def liked_values(sentence: Masked) -> list[int]:
    """Return which values, by number, a sentence says are liked."""
    text = sentence.text
    found: list[int] = []
    previous: re.Match[str] | None = None
    for value in _VALUE.finditer(text):
        before, after = text[: value.start()][-cues.REACH :], text[value.end() :]
        following = re.match(r"[ -]?V\d+", after)
        if _is_liked(before, after) or (following and _is_liked(before, after[following.end() :])):
            found.append(int(value[1]))
        elif previous is not None and int(previous[1]) in found:
            between = text[previous.end() : value.start()]
            if taste_cues.CARRIED_ON.match(between):
                found.append(int(value[1]))
        previous = value
    return found


def _is_liked(before: str, after: str) -> bool:
    """Return whether the words before and behind a value say that it is liked."""
    ahead = cues.clause_before(f"{before}V", len(before))
    if (
        cues.denies(ahead[-60:])
        or taste_cues.OF_OTHERS.search(ahead)
        or taste_cues.COMES_TO_NOTHING.match(after)
    ):
        return False
    if taste_cues.PLAIN_BEFORE.search(before) or taste_cues.MORE_BEFORE.search(before):
        return True
    if taste_cues.MANY_BEFORE.search(before) and re.match(r"[^.;]*?T\d", after):
        return True
    behind = taste_cues.BEHIND.match(after)
    return behind is not None and not cues.denies(behind[0])
