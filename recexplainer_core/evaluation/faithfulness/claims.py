"""What the rationales say, and whether it is so: by the history, by the catalogue, and by what the target would say."""

from __future__ import annotations

from recexplainer_core.evaluation.faithfulness.cases import Case
from recexplainer_core.evaluation.faithfulness.generated import GeneratedRationale
from recexplainer_core.evaluation.faithfulness.metric import CaseFigure, metric_of_means
from recexplainer_core.rationale.shared_values import shared_values


def _outside(case: Case, one: GeneratedRationale) -> list[float]:
    known = (*case.history.recent, case.item)
    return [float(cited.item not in known) for cited in one.rationale.citations]


def _false_remarks(case: Case, one: GeneratedRationale) -> list[float]:
    values = []
    for reason in one.reasons:
        if reason.remark is not None:
            item = reason.citation.item
            shared = [] if item is None else shared_values(case.catalogue, item, case.item)
            values.append(float((reason.attribute, reason.value) not in shared))
    return values


def _taste_named(case: Case, one: GeneratedRationale) -> list[float]:
    named = {(reason.attribute, reason.value) for reason in one.reasons}
    return [float(bool(named & case.tastes))] if case.tastes else []


def _right(kind: str, one: GeneratedRationale) -> list[float]:
    """Return for each claim of a kind whether it holds."""
    return [float(bool(check.holds)) for check in one.rationale.checks if check.kind == kind]


METRIC = metric_of_means(
    {
        "cited_outside_history": CaseFigure(
            "Cited outside the history",
            "Share of cited titles that are neither in the history nor the item explained.",
            "low",
            values=_outside,
        ),
        "false_remarks": CaseFigure(
            "False remarks",
            "Share of attributes said to be shared that the two items do not share.",
            "low",
            values=_false_remarks,
        ),
        "no_citation": CaseFigure(
            "No citation",
            "Share of reasons that cite nothing of the history as a reason.",
            "low",
            values=lambda case, one: [float(not one.cited)],
        ),
        "taste_named": CaseFigure(
            "Taste named",
            "Where a simulated user's taste fits the item: how often the reason names such a taste.",
            values=_taste_named,
        ),
        "rank_right": CaseFigure(
            "Place right",
            "What is said of the item's place in the target's list is so.",
            values=lambda case, one: _right("rank", one),
        ),
        "cited_right": CaseFigure(
            "Cited speaks for it",
            "Titles given as reasons without which the target's score falls.",
            values=lambda case, one: _right("cited", one),
        ),
        "strongest_right": CaseFigure(
            "Strongest right",
            "What is said to weigh most does, by the target's Shapley values.",
            values=lambda case, one: _right("strongest", one),
        ),
        "removal_right": CaseFigure(
            "Consequence right",
            "What is said would happen without the cited items does happen.",
            values=lambda case, one: _right("removal", one),
        ),
    }
)
