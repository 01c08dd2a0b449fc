"""What a sentence says of each title in it: a reason for or against the item, the strongest one, or none "
"of these."""

from __future__ import annotations

import re
from typing import Literal

from recexplainer_core.rationale.extraction import cues, reason_cues, removal_cues
from recexplainer_core.rationale.extraction.masking import Masked

Role = Literal["for", "against", "strongest", "removed", "denied"]
TOKEN = re.compile(r"T\d+")
_CARRIED_ON = re.compile(
    r"(?: ?\([^()]*\))?(?:, and|,| and|,? as well as|,? but also|, and also|, followed by|, then|, plus"
    r"|,? along with)"
    r"(?:,? (?:to a (?:lesser|smaller) (?:extent|degree)|then|also|less so))?,?(?: by| of| on| to| from"
    r"| because of)? "
)
_ASIDE = re.compile(
    r"^(?: ?\([^()]*\)(?= [a-z])|, (?:likewise|another|also|itself|a|an|the) [^,;.]*,(?= [a-z])"
    r"|, [a-z ]{2,24},(?= [a-z]))"
)
_FOLLOWS = re.compile(r"X|\bit\b|\bthis\b|\boffered\b|\bturns to\b")
_ALIKE = re.compile(
    r"\b(?:common|shares?|shared|like|same|along|compared|resembles?|connects?|grouped|alike|links?|trait"
    r"|belongs)\b"
)
_NOT_BEHIND = re.compile(
    r"^(?:,? [a-z]+)? (?:is|are|did|does|do|was|were|had|has|have) (?:not|no|nothing)\b|^ (?:neither|not"
    r"|no|irrelevant)\b"
)


def title_roles(sentence: Masked) -> dict[str, Role]:
    """Return the role of each title token, such as "T0", that has one."""
    roles: dict[str, Role] = {}
    previous: re.Match[str] | None = None
    for token in TOKEN.finditer(sentence.text):
        role = _role(sentence.text, token)
        if previous is not None and role != "removed":
            between = sentence.text[previous.end() : token.start()]
            inherited = roles.get(previous[0])
            if (
                inherited in ("for", "strongest", "against")
                and _CARRIED_ON.fullmatch(between)
                and role in (None, "for")
            ):
                role = "against" if inherited == "against" else "for"
        if role is not None:
            roles[token[0]] = role
        previous = token
    return roles


def _role(text: str, token: re.Match[str]) -> Role | None:
    before = text[: token.start()][-cues.REACH :]
    after = _ASIDE.sub("", text[token.end() :])
    if removal_cues.is_removed(before, after):
        return "removed"
    ahead = cues.clause_before(text, token.start())
    if reason_cues.AGAINST_BEHIND.match(after):
        return _unless_denied("against", ahead, reason_cues.AGAINST_BEHIND.match(after))
    subject = reason_cues.SUBJECT_BEFORE.search(before)
    if subject is not None and (role := _told_by_subject(_subject(subject["subject"]))) is not None:
        return "denied" if _NOT_BEHIND.match(after) else role
    if reason_cues.STRONGEST_BEFORE.search(before) and not _NOT_BEHIND.match(after):
        return "denied" if re.search(r"\bnot (?:[a-z]+ )?$", ahead) else "strongest"
    strongest = reason_cues.STRONGEST_BEHIND
    if (found := strongest.match(text[token.end() :]) or strongest.match(after)) is not None:
        return _unless_denied("strongest", ahead, found)
    if (found := reason_cues.FOR_BEHIND.match(after)) is not None:
        return _unless_denied("for", ahead, found)
    if before.endswith("with ") and re.match(r": (?:the two|both|each)\b", after):
        return None
    weak = _is_weak(ahead)
    for role, pattern in (("against", reason_cues.AGAINST_BEFORE), ("for", reason_cues.FOR_BEFORE)):
        found = pattern.search(before)
        if found is None:
            continue
        if role == "for" and weak and (_ALIKE.search(ahead[-45:]) or not _FOLLOWS.search(text)):
            continue
        if _NOT_BEHIND.match(after) or cues.denies(_subject(before).split(", ")[-1][-40:]):
            return "denied"
        return "against" if role == "against" else "for"
    return None


def _is_weak(before: str) -> bool:
    """Return whether only a word such as "after" makes a title a reason."""
    return bool(reason_cues.WEAK_FOR_BEFORE.search(before)) and not re.search(
        r"(?:because|since|thanks|account|rest|basis|strength|follow|behind|draw|stem|come|go)", before[-40:]
    )


def _subject(before: str) -> str:
    """Return the last clause of what stands before a title, its own colon left in."""
    return re.split(
        r"[;!?]|\. | [–—] |(?<=\w): (?=.)|, (?:but|while|though|although|yet|so) ", before.strip()
    )[-1]


def _told_by_subject(subject: str) -> Role | None:
    if not subject:
        return None
    role: Role | None = None
    if reason_cues.AGAINST_SUBJECT.search(subject):
        role = "against"
    elif reason_cues.STRONGEST_SUBJECT.search(subject):
        role = "strongest"
    elif reason_cues.FOR_SUBJECT.search(subject):
        role = "for"
    return "denied" if role is not None and cues.denies(subject) else role


def _unless_denied(role: Role, ahead: str, cue: re.Match[str] | None) -> Role:
    """Return the role, or that it is denied: "neither T helps", "T does not speak for it"."""
    assert cue is not None
    if re.search(r"\b(?:neither|nor|not)(?: (?:does|do|did|that|because|just))? $", ahead):
        return "denied"
    return "denied" if cues.denies(cue[0]) else role
