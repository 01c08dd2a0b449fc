"""What a language model is told of a reason that it is to word: the claims line by line, in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from recexplainer_core.rationale.claim_checks import Subject
from recexplainer_core.rationale.claims import (
    Band,
    Cites,
    Claim,
    Interest,
    Prefers,
    Rank,
    Removal,
    Shares,
    Strongest,
)
from recexplainer_core.rationale.interest import TITLE
from recexplainer_core.rationale.surrogate_claims import reasons_of
from recexplainer_core.rationale.voices import Voice

_READERS: dict[Voice, str] = {
    "analyst": "an analyst, in the third person",
    "viewer": "the {user}, as you",
    "brief": "somebody in a hurry, in one line",
}
_PLACES: dict[Band, str] = {
    "first": "one of the first choices",
    "recommended": "recommended",
    "near": "not recommended, but not far from it",
    "far": "far from being recommended",
}


def evidence_text(claims: Sequence[Claim], subject: Subject, voice: Voice) -> str:
    """Return what is known, and for whom it is to be worded: a line for each claim, in their order."""
    words = subject.catalogue.wording
    lines = [
        f"For {_READERS[voice].format(user=words.user)}.",
        f"The {words.item}: {subject.named([subject.item])}. The {words.user} {words.consumed} {words.items}.",
    ]
    told: list[str] = []
    for claim in claims:
        line = _line(claim, claims, subject)
        if line not in told:
            told.append(line)
    return "\n".join(lines + told)


def _line(claim: Claim, claims: Sequence[Claim], subject: Subject) -> str:
    match claim:
        case Rank(_, band):
            return f"Its place: {_PLACES[band]}."
        case Prefers(_, other):
            return f"It comes before {subject.named([other])}."
        case Cites(_, stance):
            cited = [one.item for one in claims if isinstance(one, Cites) and one.stance == stance]
            return f"Speaks {stance} it: {subject.named(cited)}."
        case Interest(attribute, value, items):
            return f"A taste: {_valued(attribute, value)}, as in {subject.named(items)}."
        case Shares(item, attribute, value):
            return f"{subject.named([item])} and it have in common: {_valued(attribute, value)}."
        case Strongest(item):
            return f"Weighs most: {subject.named([item])}."
        case Removal(items, outcome):
            them = "all these" if len(items) > 1 and items == reasons_of(claims) else subject.named(items)
            return f"Without {them}: {'no longer' if outcome == 'needed' else 'still'} recommended."


def _valued(attribute: str, value: str) -> str:
    return f"the word {value} in titles" if attribute == TITLE else f"{attribute} {value}"


def evidence_titles(claims: Sequence[Claim], subject: Subject) -> list[int]:
    """Return the items that a reason of these claims may name, the explained one first."""
    items = [subject.item]
    for claim in claims:
        match claim:
            case Interest(_, _, several) | Removal(several, _):
                items += several
            case Prefers(_, other):
                items.append(other)
            case Cites(item) | Shares(item) | Strongest(item):
                items.append(item)
    return list(dict.fromkeys(items))
