"""Verified reasons: the target tests every claim before it is told; what fails is corrected or dropped."""

from __future__ import annotations

from collections.abc import Sequence

from recexplainer_core.rationale.claim_checks import Subject, band_holds, check_claim
from recexplainer_core.rationale.claims import (
    BANDS,
    Band,
    Cites,
    Claim,
    Interest,
    Rank,
    Removal,
    Shares,
    Strongest,
)
from recexplainer_core.rationale.surrogate_claims import reasons_of
from recexplainer_core.rationale.verdict import LISTED


def verified(claims: Sequence[Claim], subject: Subject) -> tuple[Claim, ...]:
    """Return what is left of the claims about one item, with what could be put right.

    A rank becomes the true one, the strongest item the one that is, the outcome of a removal the one that it has. A
    history item that does not speak for the explained one is dropped, and an interest that the target does not answer.
    Where no reason is left, the strongest one by attribution takes their place, if there is any. What becomes of a
    recommended item without its reasons is told even where the surrogate was not sure enough to say.
    """
    kept: list[Claim] = []
    for claim in claims:
        if isinstance(claim, Strongest | Removal):
            continue  # these depend on what else is left
        if check_claim(claim, subject).holds:
            kept.append(claim)
        elif isinstance(claim, Rank):
            kept.append(Rank(claim.item, _true_band(subject)))
    far = any(isinstance(one, Rank) and one.band in ("near", "far") for one in kept)
    if far:  # of what is not recommended no taste is told, only what speaks for it
        kept = [one for one in kept if not isinstance(one, Interest)]
    strongest = subject.target.strongest
    if not reasons_of(kept) and strongest is not None:
        kept.append(Cites(strongest))
    reasons = reasons_of(kept)
    kept = [one for one in kept if not isinstance(one, Shares) or one.item in reasons]
    if any(isinstance(one, Strongest) for one in claims) and strongest in reasons and strongest is not None:
        kept.append(Strongest(strongest))
    if reasons and subject.target.without().rank <= LISTED:
        falls = subject.target.without(reasons).rank > LISTED
        kept.append(Removal(reasons, "needed" if falls else "robust"))
    return tuple(one for one in kept if check_claim(one, subject).holds)


def _true_band(subject: Subject) -> Band:
    rank = subject.target.without().rank
    return next(band for band in BANDS if band_holds(band, rank, len(subject.catalogue)))
