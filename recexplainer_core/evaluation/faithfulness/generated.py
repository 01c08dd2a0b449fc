"""The rationales of a mode for cases, and which items of the history they give as reasons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from recexplainer_core.evaluation.faithfulness.cases import Case
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.rationale.claims import CitedReason
from recexplainer_core.rationale.explainer import Explainer, Rationale
from recexplainer_core.rationale.request import RationaleRequest

BATCH = 48
Cited = tuple[int, ...]
"""Places in a history, in the order in which they are cited."""


@dataclass(frozen=True)
class GeneratedRationale:
    """The rationale of one case.

    Args:
        rationale: as written and read; nothing in it is tested.
        cited: places of the history items that it gives as reasons.
    """

    rationale: Rationale
    cited: Cited

    @property
    def reasons(self) -> tuple[CitedReason, ...]:
        """What is cited for the item and against it."""
        reading = self.rationale.reading
        return (*reading.cited("reasons"), *reading.cited("against"))

    @classmethod
    def of(cls, rationale: Rationale, case: Case) -> GeneratedRationale:
        """Find what is cited. Where nothing is read as a reason, all cited items but those against count as such."""
        against = {one.citation.item for one in rationale.reading.cited("against")}
        named = [one.citation.item for one in rationale.reading.cited("reasons")]
        if not named:
            named = [one.item for one in rationale.citations if one.item not in against]
        history = case.history.recent
        return cls(rationale, tuple(dict.fromkeys(history.index(item) for item in named if item in history)))


def generate(
    explainer: Explainer,
    mode: AlignmentMode,
    cases: Sequence[Case],
    on_progress: Callable[[int], None] = lambda done: None,
) -> list[GeneratedRationale]:
    """Let a mode explain every case.

    Args:
        explainer: is asked.
        mode: the mode that is asked.
        cases: recommendations to explain.
        on_progress: gets the number of cases done after every batch.
    """
    found: list[GeneratedRationale] = []
    for start in range(0, len(cases), BATCH):
        batch = cases[start : start + BATCH]
        requests = [RationaleRequest(case.history, case.item, mode) for case in batch]
        rationales = explainer.explain_all(requests, tested=False)
        found += [GeneratedRationale.of(one, case) for one, case in zip(rationales, batch, strict=True)]
        on_progress(len(found))
    return found
