"""The paper's way: the aligned language model is asked why, in free words, and its answer is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from recexplainer_core.rationale.claim_checks import Subject
from recexplainer_core.rationale.read_back import sentences_of
from recexplainer_core.rationale.reasons import Reason, Reasoner
from recexplainer_core.rationale.removals import Removals
from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.surrogate.base import Surrogate

DIRECT = "direct"
"""The name of this way among the writers of reasons."""
OTHER_WORDS = 0.8
"""Temperature of a second try."""


class DirectReasoner(Reasoner):
    """Let the surrogate speak freely; nothing holds it to its short answers.

    A verified reason leaves out every sentence that cannot be checked, or that the target does not bear out.

    Args:
        surrogate: is asked why.
    """

    def __init__(self, surrogate: Surrogate) -> None:
        self.surrogate = surrogate

    def reasons(
        self,
        requests: Sequence[RationaleRequest],
        listed: Sequence[Sequence[int]] | None = None,
        variant: int = 0,
    ) -> list[Reason]:
        """Return the reasons of n requests; see `Reasoner.reasons`."""
        return [self._asked(request, OTHER_WORDS if variant else 0.0) for request in requests]

    def _asked(self, request: RationaleRequest, temperature: float) -> Reason:
        surrogate, history = self.surrogate, request.history
        catalogue = surrogate.catalogue
        target = Removals(surrogate.recommender, history, request.item)
        title, rival = catalogue.titles[request.item], None
        question = f"Why is {title} recommended to this {catalogue.wording.user}?"
        if request.other is not None:
            rival = Removals(surrogate.recommender, history, request.other)
            question = f"Why {title} and not {catalogue.titles[request.other]}?"
        subject = Subject(catalogue, target, rival)
        pieces = surrogate.answer(history, question, request.mode, request.item, temperature=temperature)
        said = Reason.of(request, sentences_of("".join(pieces), subject), subject)
        return self.corrected([said])[0] if request.verified else said

    def corrected(self, reasons: Sequence[Reason]) -> list[Reason]:
        """Return reasons without the sentences that cannot be checked, or that the target does not bear out."""
        found: list[Reason] = []
        for said in reasons:
            rows = [
                row
                for row in zip(said.sentences, said.checks, strict=True)
                if row[1] and all(one.holds for one in row[1])
            ]
            kept = replace(
                said,
                request=replace(said.request, verified=True),
                sentences=tuple(sentence for sentence, _ in rows),
                checks=tuple(checks for _, checks in rows),
            )
            found.append(replace(kept, draft=said) if len(rows) < len(said.sentences) else kept)
        return found
