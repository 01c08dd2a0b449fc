"""Whether a rationale, without its verdict, goes with what the target thinks of the item.

The original let a regressor read whole explanations, in which the verdict says the score outright. Here the clauses
about the item's place and about the removal of reasons are taken out and every title is blanked; what is left, which is
how the reasons carry it, what is shared and what speaks against it, has to tell liked items from others.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from recexplainer_core.evaluation.definitions import Definition
from recexplainer_core.evaluation.faithfulness.generated import BandRationale
from recexplainer_core.evaluation.faithfulness.metric import Metric
from recexplainer_core.evaluation.fidelity.metrics import correlation
from recexplainer_core.evaluation.intervals import bootstrap
from recexplainer_core.evaluation.report import Figures

FOLDS = 5
_LEAKS = ("verdict", "without")
Row = list[tuple[float, float]]


def stripped(one: BandRationale) -> str:
    """Return the rationale without verdict, consequence and titles."""
    parts = []
    for clause in one.reading.clauses:
        if clause.kind in _LEAKS:
            continue
        text = clause.text
        for cited in clause.cited:
            text = text.replace(f"«{cited.citation.title}»", "«»")
        parts.append(f"{clause.kind} {text}")
    return ". ".join(parts)


def coherence(bands: Sequence[BandRationale], seed: int) -> Figures:
    """Return how well a reader of stripped rationales tells what the target thinks, learning from other users only.

    Empty where there is too little to learn.
    """
    # Imported here: the definitions below are shown where nothing is measured.
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression, Ridge
    from sklearn.model_selection import GroupKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline

    texts, groups = [stripped(one) for one in bands], np.array([one.case for one in bands])
    liked, places = np.array([one.liked for one in bands]), np.array([1 - one.place for one in bands])
    if len(set(groups.tolist())) < FOLDS or len(set(liked.tolist())) < 2 or len(set(texts)) < 2:
        return {}
    folds = GroupKFold(FOLDS)
    words = {"ngram_range": (1, 2), "token_pattern": r"\w+"}
    classifier = make_pipeline(TfidfVectorizer(**words), LogisticRegression(max_iter=1000))
    chances = cross_val_predict(classifier, texts, liked, groups=groups, cv=folds, method="predict_proba")
    regressor = make_pipeline(TfidfVectorizer(**words), Ridge())
    guesses = cross_val_predict(regressor, texts, places, groups=groups, cv=folds)
    return {
        "distinction_auc": bootstrap(_by_user(groups, liked, chances[:, 1]), _auc, seed),
        "coherence": bootstrap(
            _by_user(groups, places, guesses), lambda rows: correlation(sum(rows, [])), seed
        ),
    }


METRIC = Metric(
    {
        "distinction_auc": Definition(
            "Distinction, AUC",
            "How well a reader of the reason, without verdict and titles, tells liked items from others.",
            chance=0.5,
        ),
        "coherence": Definition(
            "Coherence",
            "Correlation of such a reader's guess of the item's place in the target's order with its real place.",
            chance=0.0,
        ),
    },
    lambda written: coherence(written.bands, written.seed),
)


def _by_user(groups: np.ndarray, right: np.ndarray, guessed: np.ndarray) -> list[Row]:
    rows: dict[int, Row] = {}
    for group, one, other in zip(groups.tolist(), right.tolist(), guessed.tolist(), strict=True):
        rows.setdefault(group, []).append((float(one), float(other)))
    return list(rows.values())


def _auc(rows: Sequence[Row]) -> float:
    from sklearn.metrics import roc_auc_score

    pairs = sum(rows, [])
    liked = [one for one, _ in pairs]
    return float(roc_auc_score(liked, [chance for _, chance in pairs])) if len(set(liked)) > 1 else 0.5
