"""How far people agree in their ratings."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from recexplainer_core.evaluation.judge import LEVELS


def cohens_kappa(one: Sequence[int], other: Sequence[int], quadratic: bool = False) -> float | None:
    """Return Cohen's kappa of two raters' levels for the same texts; None where it is not defined.

    It is not where both gave one and the same level to everything, or there is nothing both have rated.

    Args:
        one: n levels.
        other: n levels.
        quadratic: whether a difference of two levels counts four times one of a single level (Cohen 1968).
    """
    from sklearn.metrics import cohen_kappa_score

    if not one or len({*one, *other}) < 2:
        return None
    kappa = float(
        cohen_kappa_score(one, other, labels=list(LEVELS), weights="quadratic" if quadratic else None)
    )
    return None if math.isnan(kappa) else kappa


def krippendorffs_alpha(texts: Sequence[Sequence[int]]) -> float | None:
    """Return Krippendorff's alpha for ordinal levels, any number of raters, and gaps; None where it is not defined.

    From the definition in K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): with the coincidences
    o[c, k] of levels within texts, their sums n[c] and n = sum(n), alpha is
    1 - (n - 1) * sum(o[c, k] * d[c, k]) / sum(n[c] * n[k] * d[c, k]), where the squared distance d[c, k] of two
    levels is (n[c] + ... + n[k] - (n[c] + n[k]) / 2) ** 2. Texts that fewer than two have rated say nothing of
    agreement and are left out.

    Args:
        texts: for each text, the levels given to it.
    """
    rated = [levels for levels in texts if len(levels) > 1]
    scale = sorted({level for levels in rated for level in levels})
    if len(scale) < 2:
        return None
    place = {level: i for i, level in enumerate(scale)}
    coincidences = np.zeros((len(scale), len(scale)))
    for levels in rated:
        counts = np.bincount([place[level] for level in levels], minlength=len(scale)).astype(float)
        coincidences += (np.outer(counts, counts) - np.diag(counts)) / (len(levels) - 1)
    totals = coincidences.sum(1)
    below = np.cumsum(totals) - totals / 2
    distances = (below[:, None] - below[None, :]) ** 2
    expected = float((np.outer(totals, totals) * distances).sum())
    return 1 - (float(totals.sum()) - 1) * float((coincidences * distances).sum()) / expected


def by_text(ratings: Mapping[str, Mapping[int, int]]) -> list[list[int]]:
    """Return the levels of each text that anybody has rated.

    Args:
        ratings: rater -> text -> level.
    """
    texts = sorted({text for given in ratings.values() for text in given})
    return [[given[text] for given in ratings.values() if text in given] for text in texts]
