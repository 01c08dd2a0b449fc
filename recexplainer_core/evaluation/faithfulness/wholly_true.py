"""Whether reasons for the target's first choice hold in every claim: as the surrogate says them, and verified."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from recexplainer_core.evaluation.definitions import Definition
from recexplainer_core.evaluation.faithfulness.metric import Metric, ModeRationales
from recexplainer_core.evaluation.intervals import bootstrap_mean
from recexplainer_core.evaluation.report import Figures
from recexplainer_core.rationale.claims import Interest
from recexplainer_core.rationale.interest import any_interest
from recexplainer_core.rationale.reasons import Reason, Reasoner
from recexplainer_core.rationale.removals import Removals
from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.recommenders.base import top_items

BATCH = 48
"""Reasons that are given together."""
DEFINITIONS: Mapping[str, Definition] = {
    "wholly_true": Definition(
        "Wholly true",
        "Reasons for the target's first choice, as the language model alone gives them, that name an item or an "
        "interest and hold in every claim.",
    ),
    "wholly_true, verified": Definition(
        "Wholly true, verified", "The same after the target has tested and corrected every claim."
    ),
    "claims_each": Definition(
        "Claims each",
        "Claims of such a reason that can fail, as the language model alone gives it.",
        "neither",
    ),
    "interest_named": Definition(
        "Interest named",
        "Of the first choices behind which the target answers an interest, those whose reason names one.",
    ),
    "interest_true": Definition("Interest true", "Interests that are named and that the target answers."),
}


def wholly_true(written: ModeRationales) -> Figures:
    """Return how many reasons hold in every claim, how much they claim, and how they do with interests."""
    surrogate = written.explainer.surrogate
    recommender, reasoner = surrogate.recommender, written.explainer.reasoner() or Reasoner(surrogate)
    histories = list({case.user: case.history for case in written.cases}.values())
    requests = [
        RationaleRequest(history, ranked[0].item, written.mode, verified=False)
        for history in histories
        for ranked in top_items(recommender, [history.recent], 1, [history.seen])
        if ranked
    ]
    as_said: list[Reason] = []
    for start in range(0, len(requests), BATCH):
        as_said += reasoner.reasons(requests[start : start + BATCH])
    corrected = reasoner.corrected(as_said)
    values: dict[str, Sequence[float]] = {
        "wholly_true": [float(reason.wholly_true) for reason in as_said],
        "wholly_true, verified": [float(reason.wholly_true) for reason in corrected],
        "claims_each": [float(len(reason.tested)) for reason in as_said],
        "interest_named": [
            float(any(isinstance(one, Interest) for one in reason.claims))
            for reason in as_said
            if any_interest(
                surrogate.catalogue, Removals(recommender, reason.request.history, reason.request.item)
            )
        ],
        "interest_true": [
            float(bool(check.holds))
            for reason in as_said
            for row in reason.checks
            for check in row
            if check.kind == "interest"
        ],
    }
    return {name: bootstrap_mean(list(found), written.seed) for name, found in values.items() if found}


METRIC = Metric(DEFINITIONS, wholly_true)
