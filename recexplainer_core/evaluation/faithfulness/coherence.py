"""Whether a reason, without its verdict, goes with what the target thinks of the item.

The original let a regressor read whole explanations, in which the verdict says the score outright. Here the clauses
about the item's place and about the removal of reasons are taken out and every title is blanked; what is left, which is
how the reasons carry it, what is shared and what speaks against it, has to tell liked items from others.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline

from recexplainer_core.evaluation.faithfulness.verdicts import Banded
from recexplainer_core.evaluation.fidelity.metrics import correlation
from recexplainer_core.evaluation.intervals import Interval, bootstrap

FOLDS = 5
_LEAKS = ("verdict", "without")
Row = list[tuple[float, float]]


def stripped(one: Banded) -> str:
    """Return the reason without verdict, consequence and titles."""
    parts = []
    for clause in one.reading.clauses:
        if clause.kind in _LEAKS:
            continue
        text = clause.text
        for cited in clause.cited:
            text = text.replace(f"«{cited.citation.title}»", "«»")
        parts.append(f"{clause.kind} {text}")
    return ". ".join(parts)


def coherence(banded: Sequence[Banded], seed: int) -> dict[str, Interval]:
    """Return how well a reader of stripped reasons tells what the target thinks, learning from other users only.

    Returns:
        {"distinction_auc"}: of a classifier that tells liked items from others; {"coherence"}: the correlation of a
        regressor's guess with the item's place in the target's order. Both empty where there is too little to learn.
    """
    texts, groups = [stripped(one) for one in banded], np.array([one.number for one in banded])
    liked, places = np.array([one.liked for one in banded]), np.array([1 - one.place for one in banded])
    if len(set(groups.tolist())) < FOLDS or len(set(liked.tolist())) < 2 or len(set(texts)) < 2:
        return {}
    folds = GroupKFold(FOLDS)
    words = {"ngram_range": (1, 2), "token_pattern": r"\w+"}
    classifier = make_pipeline(TfidfVectorizer(**words), LogisticRegression(max_iter=1000))
    chances = cross_val_predict(classifier, texts, liked, groups=groups, cv=folds, method="predict_proba")[
        :, 1
    ]
    regressor = make_pipeline(TfidfVectorizer(**words), Ridge())
    guesses = cross_val_predict(regressor, texts, places, groups=groups, cv=folds)
    return {
        "distinction_auc": bootstrap(_by_user(groups, liked, chances), _auc, seed),
        "coherence": bootstrap(
            _by_user(groups, places, guesses), lambda rows: correlation(sum(rows, [])), seed
        ),
    }


def _by_user(groups: np.ndarray, right: np.ndarray, said: np.ndarray) -> list[Row]:
    rows: dict[int, Row] = {}
    for group, one, other in zip(groups.tolist(), right.tolist(), said.tolist(), strict=True):
        rows.setdefault(group, []).append((float(one), float(other)))
    return list(rows.values())


def _auc(rows: Sequence[Row]) -> float:
    pairs = sum(rows, [])
    liked = [one for one, _ in pairs]
    return float(roc_auc_score(liked, [said for _, said in pairs])) if len(set(liked)) > 1 else 0.5
