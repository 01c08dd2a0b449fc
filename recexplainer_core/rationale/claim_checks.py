"""Every kind of claim, tested: against the history, the catalogue and, above all, the target."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from recexplainer_core.catalogue import Catalogue, normalise_title
from recexplainer_core.rationale.checks import Check
from recexplainer_core.rationale.claims import (
    BANDS,
    Cites,
    Claim,
    Interest,
    Prefers,
    Rank,
    Removal,
    Shares,
    Strongest,
)
from recexplainer_core.rationale.interest import TITLE, is_interest
from recexplainer_core.rationale.removals import Removals
from recexplainer_core.rationale.verdict import FIRST, LISTED, POSSIBLE

BY_CONSTRUCTION = ("shared",)
"""Kinds of facts that our own writers take from the catalogue: they hold whatever the target does."""


@dataclass(frozen=True, eq=False)
class Subject:
    """What a reason is about, and whom to ask.

    Args:
        catalogue: says who has what.
        target: the target's answers about the history and the explained item.
        rival: those about the item that it is compared with, and that is said to come behind it.
    """

    catalogue: Catalogue
    target: Removals
    rival: Removals | None = None

    @property
    def item(self) -> int:
        """The explained item."""
        return self.target.item

    def named(self, items: Iterable[int]) -> str:
        """Return titles as "«A», «B» and «C»"."""
        titles = [f"«{self.catalogue.titles[item]}»" for item in items]
        return " and ".join([", ".join(titles[:-1]), titles[-1]] if len(titles) > 1 else titles)


def check_claim(claim: Claim, subject: Subject) -> Check:
    """Test one claim of a reason."""
    return _TESTS[type(claim)](claim, subject)


def band_holds(band: str, rank: int, n_items: int) -> bool:
    """Return whether a rank, 1 is best, lies in a band; a first choice is recommended, too."""
    possible = POSSIBLE * n_items
    return {
        "first": rank <= FIRST,
        "recommended": rank <= LISTED,
        "near": LISTED < rank <= possible,
        "far": rank > max(LISTED, possible),
    }[band]


def _rank(claim: Rank, subject: Subject) -> Check:
    rank = subject.target.without().rank
    holds = band_holds(claim.band, rank, len(subject.catalogue))
    return Check(
        "rank", f"it is {BANDS[claim.band]}", holds, f"the target has it at no. {rank:,}", claim.item
    )


def _cites(claim: Cites, subject: Subject) -> Check:
    kind = "cited" if claim.stance == "for" else "against"
    says = f"{subject.named([claim.item])} speaks {claim.stance} it"
    if claim.item not in subject.target.history.recent:
        return Check(kind, says, False, "is not in the history", claim.item)
    before, after = subject.target.ask([(), (claim.item,)])
    gain = after.probability / before.probability - 1
    finding = f"without it: no. {before.rank:,} → {after.rank:,}, score {100 * gain:+.0f}%"
    if subject.rival is not None:  # what counts is whether its lead shrinks
        says = f"{subject.named([claim.item])} decides {claim.stance} it"
        other, other_after = subject.rival.ask([(), (claim.item,)])
        gain = (1 + gain) / (other_after.probability / other.probability) - 1
        finding = (
            f"without it: no. {before.rank:,} → {after.rank:,} against no. {other.rank:,} → {other_after.rank:,}, "
            f"its lead {100 * gain:+.0f}%"
        )
    return Check(kind, says, gain < 0 if claim.stance == "for" else gain > 0, finding, claim.item)


def _strongest(claim: Strongest, subject: Subject) -> Check:
    strongest, found = subject.target.strongest, subject.target.attribution
    parts = sorted(found.contributions.items(), key=lambda one: -one[1])[:2]
    finding = (
        "nothing speaks for it"
        if strongest is None
        else "by Shapley values: "
        + ", ".join(f"{subject.named([one])} {100 * part / found.probability:+.0f}%" for one, part in parts)
    )
    says = f"{subject.named([claim.item])} weighs most"
    return Check("strongest", says, strongest == claim.item, finding, claim.item)


def _shares(claim: Shares, subject: Subject) -> Check:
    owners = (claim.item, subject.item)
    catalogue = subject.catalogue
    if claim.attribute == TITLE:
        holds = all(claim.value in normalise_title(catalogue.titles[one]).split() for one in owners)
    else:
        holds = all(claim.value in catalogue.values(one, claim.attribute) for one in owners)
    says = f"{subject.named([claim.item])} has it in common: {claim.value}"
    finding = f"the catalogue {'says so' if holds else 'does not say so'} of both"
    return Check("shared", says, holds, finding, claim.item)


def _interest(claim: Interest, subject: Subject) -> Check:
    says = f"an interest in {claim.value}"
    strangers = [one for one in claim.items if one not in subject.target.history.recent]
    if strangers:
        return Check("interest", says, False, f"{subject.named(strangers)}: not in the history", strangers[0])
    lacking = [
        one
        for one in claim.items
        if not check_claim(Shares(one, claim.attribute, claim.value), subject).holds
    ]
    if lacking:
        return Check(
            "interest", says, False, f"{subject.named(lacking)}: not so in the catalogue", lacking[0]
        )
    holds, finding = is_interest(subject.catalogue, subject.target, claim.attribute, claim.value)
    return Check("interest", says, holds, finding)


def _removal(claim: Removal, subject: Subject) -> Check:
    needed = claim.outcome == "needed"
    says = f"without {subject.named(claim.items)} it would {'drop out of' if needed else 'stay in'} the first {LISTED}"
    before, after = subject.target.ask([(), claim.items])
    them = "it" if len(claim.items) == 1 else "them"
    finding = f"without {them}: no. {before.rank:,} → {after.rank:,}"
    # What is not on the list cannot drop out of it.
    holds = before.rank <= LISTED and (after.rank > LISTED) == needed
    return Check("removal", says, holds, finding)


def _prefers(claim: Prefers, subject: Subject) -> Check:
    target = subject.target
    ranks = [
        Removals(target.recommender, target.history, item).without().rank
        for item in (claim.item, claim.other)
    ]
    says = f"{subject.named([claim.item])} comes before {subject.named([claim.other])}"
    finding = f"the target has them at no. {ranks[0]:,} and no. {ranks[1]:,}"
    return Check("prefers", says, ranks[0] < ranks[1], finding, claim.item)


_TESTS: Mapping[type, Callable[[Any, Subject], Check]] = {
    Rank: _rank,
    Cites: _cites,
    Strongest: _strongest,
    Shares: _shares,
    Interest: _interest,
    Removal: _removal,
    Prefers: _prefers,
}
