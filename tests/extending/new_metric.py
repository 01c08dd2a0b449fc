"""A metric of faithfulness: how much of the history the reasons of a mode cite."""

from __future__ import annotations

from recexplainer_core.evaluation.faithfulness.cases import Case
from recexplainer_core.evaluation.faithfulness.generated import GeneratedRationale
from recexplainer_core.evaluation.faithfulness.metric import CaseFigure, metric_of_means


def _cited(case: Case, one: GeneratedRationale) -> list[float]:
    return [len(one.cited) / len(case.history.recent)]


METRIC = metric_of_means(
    {
        "history_cited": CaseFigure(
            "History cited", "Share of the history that a reason cites.", "neither", values=_cited
        )
    }
)
