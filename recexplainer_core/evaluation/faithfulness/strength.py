"""Whether what a rationale says of place, weight and consequence is what the target would say, of those who say it."""

from __future__ import annotations

from functools import partial

from recexplainer_core.evaluation.definitions import STRENGTH, Definition
from recexplainer_core.evaluation.faithfulness.cases import Case
from recexplainer_core.evaluation.faithfulness.generated import GeneratedRationale
from recexplainer_core.evaluation.faithfulness.metric import CaseFigure, metric_of_means

_DEFINITIONS = {
    "verdict": Definition(
        "Place right", "What is said of the item's place in the target's list is so.", STRENGTH
    ),
    "reasons": Definition(
        "Weight right", "What is said of how the weight is spread over the history is so.", STRENGTH
    ),
    "without": Definition(
        "Consequence right", "What is said would happen without the cited items does happen.", STRENGTH
    ),
}
"""Kind of clause -> how often it is right."""


def _right(kind: str, case: Case, one: GeneratedRationale) -> list[float]:
    stated, expected = one.rationale.reading.said(kind), case.expected.get(kind)
    return [] if stated is None or expected is None else [float(stated == expected)]


METRIC = metric_of_means(
    {
        f"{kind}_right": CaseFigure(definition, partial(_right, kind))
        for kind, definition in _DEFINITIONS.items()
    }
)
