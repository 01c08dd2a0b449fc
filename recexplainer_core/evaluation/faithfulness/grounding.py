"""Whether a rationale is true of the catalogue and the history: nothing made up, nothing that cannot be read."""

from __future__ import annotations

from recexplainer_core.evaluation.definitions import GROUNDING, Definition
from recexplainer_core.evaluation.faithfulness.cases import Case
from recexplainer_core.evaluation.faithfulness.generated import GeneratedRationale
from recexplainer_core.evaluation.faithfulness.metric import CaseFigure, metric_of_means
from recexplainer_core.rationale.claims import CitedReason
from recexplainer_core.rationale.shared_values import shared_values


def _is_false(remark: CitedReason, case: Case) -> float:
    item = remark.citation.item
    shared = [] if item is None else shared_values(case.catalogue, item, case.item)
    return float((remark.attribute, remark.value) not in shared)


def _tastes_named(case: Case, one: GeneratedRationale) -> list[float]:
    named = {(reason.attribute, reason.value) for reason in one.reasons}
    return [float(bool(named & case.tastes))] if case.tastes else []


METRIC = metric_of_means(
    {
        "cited_outside_history": CaseFigure(
            Definition(
                "Cited outside the history",
                "Share of cited titles that are neither in the history nor the item explained.",
                GROUNDING,
                "low",
            ),
            lambda case, one: [
                float(cited.item not in (*case.history.recent, case.item))
                for cited in one.rationale.citations
            ],
        ),
        "false_remarks": CaseFigure(
            Definition(
                "False remarks",
                "Share of attributes said to be shared that the two items do not share.",
                GROUNDING,
                "low",
            ),
            lambda case, one: [
                _is_false(reason, case) for reason in one.reasons if reason.remark is not None
            ],
        ),
        "unread": CaseFigure(
            Definition(
                "Not understood", "Share of reasons with a clause the checks cannot read.", GROUNDING, "low"
            ),
            lambda case, one: [float(bool(one.rationale.reading.unread))],
        ),
        "no_citation": CaseFigure(
            Definition(
                "No citation",
                "Share of reasons that cite nothing of the history as a reason.",
                GROUNDING,
                "low",
            ),
            lambda case, one: [float(not one.cited)],
        ),
        "taste_named": CaseFigure(
            Definition(
                "Taste named",
                "Where a simulated user's taste fits the item: how often the reason names such a taste.",
                GROUNDING,
            ),
            _tastes_named,
        ),
    }
)
