"""Whether "why this and not that" says the right order, and for the right reasons."""

from __future__ import annotations

from collections.abc import Mapping

from recexplainer_core.evaluation.definitions import Definition
from recexplainer_core.evaluation.faithfulness.metric import Metric, ModeRationales
from recexplainer_core.evaluation.intervals import bootstrap_mean
from recexplainer_core.evaluation.report import Figures
from recexplainer_core.rationale.claims import Prefers
from recexplainer_core.rationale.reasons import Reason, Reasoner
from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.recommenders.base import top_items

PLACES = (2, 5, 10)
"""Places in the target's list with which its first choice is compared."""
USERS = 100
"""Users who are asked about, at most."""
DEFINITIONS: Mapping[str, Definition] = {
    **{
        f"contrast_order, 1 and {place}": Definition(
            f"Order right, no. 1 and {place}",
            f"Asked why the target's first choice and not its no. {place}: how often the language model alone puts "
            "them in the target's order.",
        )
        for place in PLACES
    },
    "contrast_true": Definition(
        "Comparison wholly true",
        "Comparisons of no. 1 and no. 2, as the language model alone gives them, whose order and cited items all hold.",
    ),
    "contrast_true, verified": Definition(
        "Comparison wholly true, verified", "The same after the target has tested and corrected every claim."
    ),
}


def contrast(written: ModeRationales) -> Figures:
    """Return how often comparisons of the first choice with others say the target's order, and hold as a whole."""
    surrogate = written.explainer.surrogate
    reasoner = written.explainer.reasoner() or Reasoner(surrogate)
    histories = list({case.user: case.history for case in written.cases}.values())[:USERS]
    ranked = [
        [one.item for one in row]
        for history in histories
        for row in top_items(surrogate.recommender, [history.recent], max(PLACES), [history.seen])
    ]
    figures: Figures = {}
    for place in PLACES:
        asked = [
            RationaleRequest(history, row[0], written.mode, row[place - 1], verified=False)
            for history, row in zip(histories, ranked, strict=True)
            if len(row) >= place
        ]
        said = reasoner.reasons(asked) if asked else []
        if said:
            right = [float(_order_right(one)) for one in said]
            figures[f"contrast_order, 1 and {place}"] = bootstrap_mean(right, written.seed)
        if said and place == PLACES[0]:
            corrected = reasoner.corrected(said)
            for name, reasons in (("contrast_true", said), ("contrast_true, verified", corrected)):
                figures[name] = bootstrap_mean([float(one.wholly_true) for one in reasons], written.seed)
    return figures


def _order_right(reason: Reason) -> bool:
    return any(isinstance(one, Prefers) and one.item == reason.request.item for one in reason.claims)


METRIC = Metric(DEFINITIONS, contrast)
