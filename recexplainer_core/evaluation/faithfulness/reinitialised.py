"""Whether the citations depend on what the target has learnt."""

from __future__ import annotations

from recexplainer_core.evaluation.definitions import SANITY, Definition
from recexplainer_core.evaluation.faithfulness.generated import generate
from recexplainer_core.evaluation.faithfulness.metric import Metric, ModeRationales
from recexplainer_core.evaluation.intervals import bootstrap_mean
from recexplainer_core.evaluation.report import Figures

CASES = 200
"""Cases that are looked at, at most."""


def changed_citations(written: ModeRationales) -> Figures:
    """Return how often other items are cited, or in another order, once the target's weights are drawn anew."""
    if written.reinitialised is None:
        return {}
    again = generate(written.reinitialised, written.mode, written.cases[:CASES])
    changed = [
        float(before.cited != after.cited) for before, after in zip(written.rationales, again, strict=False)
    ]
    return {"changed_by_redrawn_target": bootstrap_mean(changed, written.seed)}


METRIC = Metric(
    {
        "changed_by_redrawn_target": Definition(
            "Changed by another target",
            "How often the citations change when the target's weights are drawn at random; 0 where no vector is seen.",
            SANITY,
        )
    },
    changed_citations,
)
