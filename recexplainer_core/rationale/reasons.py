"""A reason: what is claimed, by the surrogate alone or verified by the target, in the words of a writer.

The words come from a writer that is given claims and a voice; nobody reads its text to know what it claims.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from recexplainer_core.rationale.checks import Check
from recexplainer_core.rationale.claim_checks import BY_CONSTRUCTION, Subject, check_claim
from recexplainer_core.rationale.claims import Claim, Rank, Sentence
from recexplainer_core.rationale.preference import (
    claimed_preference,
    subject_of_two,
    verified_preference,
)
from recexplainer_core.rationale.removals import Removals
from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.rationale.surrogate_claims import ask, claims_of, reasons_of
from recexplainer_core.rationale.verified import verified
from recexplainer_core.rationale.voices import Voice
from recexplainer_core.registry import Registry
from recexplainer_core.surrogate.base import Surrogate


class ReasonWriter(Protocol):
    """Words claims."""

    def write(self, claims: Sequence[Claim], subject: Subject, voice: Voice, variant: int) -> list[Sentence]:
        """Return the sentences of a reason.

        Args:
            claims: what is to be said; a voice may say less.
            subject: what the reason is about.
            voice: for whom.
            variant: another number gives other words for the same claims.
        """
        ...


REASON_WRITERS: Registry[Callable[[], ReasonWriter]] = Registry(
    "writer of reasons", "recexplainer.reason_writers"
)
"""Name -> what makes the writer."""
TEMPLATE = "template"
REASON_WRITERS.register(TEMPLATE, "recexplainer_core.prose.writer:TemplateWriter")
REASON_WRITERS.register("llm", "recexplainer_core.llm_writer.writer:TaughtWriter")
REASON_WRITERS.register("endpoint", "recexplainer_core.llm_writer.endpoint:EndpointWriter")


@dataclass(frozen=True)
class Reason:
    """A reason in words.

    Args:
        request: what it explains.
        sentences: each with what it claims.
        checks: for each sentence, what came of testing its claims.
        draft: what the surrogate alone would have said, where verification changed that.
    """

    request: RationaleRequest
    sentences: tuple[Sentence, ...]
    checks: tuple[tuple[Check, ...], ...]
    draft: Reason | None = None

    @classmethod
    def of(cls, request: RationaleRequest, sentences: Sequence[Sentence], subject: Subject) -> Reason:
        """Return a reason with every claim tested."""
        checks = tuple(tuple(check_claim(claim, subject) for claim in one.claims) for one in sentences)
        return cls(request, tuple(sentences), checks)

    @property
    def text(self) -> str:
        """The whole reason."""
        return " ".join(sentence.text for sentence in self.sentences)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All that it claims, in order."""
        return tuple(claim for sentence in self.sentences for claim in sentence.claims)

    @property
    def band(self) -> str:
        """What is said of the item's place; empty where nothing is."""
        return next((claim.band for claim in self.claims if isinstance(claim, Rank)), "")

    @property
    def reasons(self) -> tuple[int, ...]:
        """The history items that it gives as reasons."""
        return reasons_of(self.claims)

    @property
    def tested(self) -> list[Check]:
        """The checks that can fail; facts of the catalogue hold by construction."""
        return [check for row in self.checks for check in row if check.kind not in BY_CONSTRUCTION]

    @property
    def wholly_true(self) -> bool:
        """Whether it gives a reason at all and every claim holds."""
        return bool(self.reasons) and all(check.holds for row in self.checks for check in row)


class Reasoner:
    """Give reasons for what one target recommends, as one surrogate holds them.

    Args:
        surrogate: is asked what it holds about its target.
        writer: name of the writer.

    Raises:
        UnknownNameError: there is no such writer.
    """

    def __init__(self, surrogate: Surrogate, writer: str = TEMPLATE) -> None:
        self.surrogate, self.writer = surrogate, REASON_WRITERS.get(writer)()

    def reasons(
        self,
        requests: Sequence[RationaleRequest],
        listed: Sequence[Sequence[int]] | None = None,
        variant: int = 0,
    ) -> list[Reason]:
        """Return the reasons of n requests; those that compare nothing are put to the surrogate in one batch.

        Args:
            requests: what is explained, for whom, and whether verified.
            listed: the surrogate's own lists, best first, where these are known already.
            variant: another number gives other words for the same claims.
        """
        alone = [row for row, request in enumerate(requests) if request.other is None]
        asked = [requests[row] for row in alone]
        answers = ask(self.surrogate, asked, None if listed is None else [listed[row] for row in alone])
        claims = dict(zip(alone, claims_of(self.surrogate, asked, answers), strict=True))
        for row, request in enumerate(requests):
            if request.other is not None:
                claims[row] = claimed_preference(self.surrogate, request, request.other)
        return [self.worded(request, claims[row], variant) for row, request in enumerate(requests)]

    def corrected(self, reasons: Sequence[Reason]) -> list[Reason]:
        """Return what becomes of reasons, given as said, once the target has tested every claim."""
        return [self.worded(replace(one.request, verified=True), one.claims) for one in reasons]

    def worded(self, request: RationaleRequest, claims: Sequence[Claim], variant: int = 0) -> Reason:
        """Word what is claimed of one item, each claim tested; corrected first where the request wants that."""
        surrogate = self.surrogate
        if request.other is None:
            target = Removals(surrogate.recommender, request.history, request.item)
            subject = Subject(surrogate.catalogue, target)
        else:
            subject = subject_of_two(surrogate, request, claims)
        as_said = self._reason(request, claims, subject, variant)
        if not request.verified:
            return as_said
        if request.other is None:
            true = verified(claims, subject)
        else:
            true = verified_preference(claims, subject)
            subject = subject_of_two(surrogate, request, true) if true else subject
        if list(true) == list(claims):
            return as_said
        reason = self._reason(request, true, subject, variant)
        borne_out = set(as_said.claims) <= set(reason.claims)
        return reason if borne_out else replace(reason, draft=as_said)

    def _reason(
        self, request: RationaleRequest, claims: Sequence[Claim], subject: Subject, variant: int
    ) -> Reason:
        return Reason.of(request, self.writer.write(claims, subject, request.voice, variant), subject)
