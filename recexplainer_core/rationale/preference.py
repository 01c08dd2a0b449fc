"""Why one item comes before another: what the surrogate claims of two, and what the target makes of that."""

from __future__ import annotations

from collections.abc import Sequence

from recexplainer_core.rationale.claim_checks import Subject, check_claim
from recexplainer_core.rationale.claims import Cites, Claim, Prefers
from recexplainer_core.rationale.evidence import effects
from recexplainer_core.rationale.plan import Planner
from recexplainer_core.rationale.removals import Removals
from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.rationale.surrogate_claims import MOST_CITED
from recexplainer_core.rationale.verdict import own_order
from recexplainer_core.surrogate.base import Surrogate

NOTABLE = 0.5
"""Part of the largest lead that a history item has to give for it to be cited."""


def claimed_preference(surrogate: Surrogate, request: RationaleRequest, other: int) -> tuple[Claim, ...]:
    """Return which of two items the surrogate puts first, and what it holds to decide between them.

    A history item counts as far as it is a larger share of what speaks for the one than of what speaks for the other.
    """
    order = own_order(surrogate, request.history, request.item, other, request.mode)
    ahead, behind = (request.item, other) if order == "before" else (other, request.item)
    ours, theirs = (
        effects(named)
        for named in surrogate.deciding([request.history] * 2, [ahead, behind], [request.mode] * 2)
    )
    leads = {item: share - theirs[item] for item, share in ours.items() if share > theirs[item]}
    largest = max(leads.values(), default=0.0)
    cited = sorted((one for one in leads if leads[one] >= NOTABLE * largest), key=lambda one: -leads[one])
    return (Prefers(ahead, behind), *(Cites(item) for item in cited[:MOST_CITED]))


def subject_of_two(surrogate: Surrogate, request: RationaleRequest, claims: Sequence[Claim]) -> Subject:
    """Return what a preference is about: the item that is said to come first, beside the other one."""
    [prefers] = [one for one in claims if isinstance(one, Prefers)]
    ahead, behind = (
        Removals(surrogate.recommender, request.history, item) for item in (prefers.item, prefers.other)
    )
    return Subject(surrogate.catalogue, ahead, behind)


def verified_preference(claims: Sequence[Claim], subject: Subject) -> tuple[Claim, ...]:
    """Return the true order and the cited items that decide it; where none is left, those of the target."""
    assert subject.rival is not None
    [prefers] = [one for one in claims if isinstance(one, Prefers)]
    if not check_claim(prefers, subject).holds:
        subject = Subject(subject.catalogue, subject.rival, subject.target)
        prefers = Prefers(prefers.other, prefers.item)
    if not check_claim(prefers, subject).holds:  # the target finds both equally good
        return ()
    cites = [one for one in claims if isinstance(one, Cites) and check_claim(one, subject).holds]
    if not cites and subject.rival is not None:
        plan = Planner(subject.catalogue).compare(subject.target.attribution, subject.rival.attribution)
        found = [Cites(reason.item) for reason in plan.reasons]
        cites = [one for one in found if check_claim(one, subject).holds]
    return (prefers, *cites)
