"""What becomes of a recommendation without the cited items, beside citations that anybody, or nobody, could better."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import numpy as np
import torch
import torch.nn.functional as F

from recexplainer_core.evaluation.faithfulness.cases import Case
from recexplainer_core.evaluation.faithfulness.generated import Cited, GeneratedRationale
from recexplainer_core.evaluation.faithfulness.measures import (
    attribution_precision,
    deletion,
    necessity,
    precision_and_recall,
    still_listed,
    sufficiency,
)
from recexplainer_core.evaluation.faithfulness.metric import CaseFigure, Metric, means
from recexplainer_core.evaluation.report import Figures
from recexplainer_core.rationale.verdict import LISTED

CITED = 2
"""POS@10,2, INS@2 and DEL@2 look at the first two cited items."""

FIGURES: Mapping[str, CaseFigure[Cited]] = {
    "necessity": CaseFigure(
        "Necessity",
        "Share of equally large sets of history items whose removal costs the recommendation less than removing those "
        "cited.",
        chance=0.5,
        values=lambda case, cited: [necessity(case.known, cited)],
    ),
    "necessity, replaced": CaseFigure(
        "Necessity, replaced",
        "The same with each removed item replaced by another, about as popular.",
        chance=0.5,
        values=lambda case, cited: [necessity(case.replaced, cited)],
    ),
    "ins@2": CaseFigure(
        "INS@2",
        "What is left of the target's score with only the first two cited items; above 1 it rises.",
        values=lambda case, cited: [sufficiency(case.known, cited[:CITED])],
    ),
    "del@2": CaseFigure(
        "DEL@2",
        "What is left of the target's score without the first two cited items.",
        "low",
        values=lambda case, cited: [deletion(case.known, cited[:CITED])],
    ),
    "del@2, replaced": CaseFigure(
        "DEL@2, replaced",
        "The same with both replaced by others, about as popular.",
        "low",
        values=lambda case, cited: [deletion(case.replaced, cited[:CITED])],
    ),
    "pos@10,2": CaseFigure(
        "POS@10,2",
        "How often the item stays in the target's top ten without the first two cited items.",
        "low",
        values=lambda case, cited: [still_listed(case.known, cited[:CITED], LISTED)],
    ),
    "pos@10,2, replaced": CaseFigure(
        "POS@10,2, replaced",
        "The same with both replaced by others, about as popular.",
        "low",
        values=lambda case, cited: [still_listed(case.replaced, cited[:CITED], LISTED)],
    ),
    "attribution_ap": CaseFigure(
        "Attribution AP",
        "Average precision of the cited items in the order of the target's exact Shapley values.",
        values=lambda case, cited: [attribution_precision(case.effects, cited)],
    ),
    "smallest_set_precision": CaseFigure(
        "Smallest set, precision",
        "Share of the cited items that belong to the smallest set whose removal drops the item from the top ten.",
        values=lambda case, cited: [precision_and_recall(case.smallest, cited)[0]] if case.smallest else [],
    ),
    "smallest_set_recall": CaseFigure(
        "Smallest set, recall",
        "Share of that smallest set that is cited.",
        values=lambda case, cited: [precision_and_recall(case.smallest, cited)[1]] if case.smallest else [],
    ),
}


def removal_figures(cases: Sequence[Case], cited: Sequence[Cited], seed: int) -> Figures:
    """Return what removing the cited items, or all others, does to the recommendation, with intervals over users."""
    return means(FIGURES, cases, cited, seed)


METRIC = Metric(
    FIGURES,
    lambda written: removal_figures(written.cases, [one.cited for one in written.rationales], written.seed),
)


CITATION_BASELINES: Mapping[str, str] = {
    "random": "as many items of the history, drawn by chance",
    "most recent": "as many of the latest items",
    "nearest vector": "as many items whose vectors lie nearest to the explained one's",
    "oracle": "as many items with the highest exact Shapley values: about the best possible",
}
"""What the citations of a mode are measured beside."""


def baseline_citations(
    cases: Sequence[Case], rationales: Sequence[GeneratedRationale], item_vectors: torch.Tensor, seed: int
) -> dict[str, list[Cited]]:
    """Return what others would cite, for each case as many items as the rationale does."""
    directions = F.normalize(item_vectors.float(), dim=1)
    found: dict[str, list[Cited]] = {name: [] for name in CITATION_BASELINES}
    for case, one in zip(cases, rationales, strict=True):
        n, count = len(case.history.recent), len(one.cited)
        rng = random.Random(f"{seed}, cited, {case.user}")
        likeness = (directions[list(case.history.recent)] @ directions[case.item]).numpy()
        found["random"].append(tuple(rng.sample(range(n), count)))
        found["most recent"].append(tuple(range(n - 1, n - 1 - count, -1)))
        found["nearest vector"].append(_highest(likeness, count))
        found["oracle"].append(_highest(case.effects, count))
    return found


def _highest(weights: np.ndarray, count: int) -> Cited:
    return tuple(int(place) for place in np.argsort(-weights, kind="stable")[:count])
