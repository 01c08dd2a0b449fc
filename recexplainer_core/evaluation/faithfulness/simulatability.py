"""Whether a reason helps to foresee what the target does when the history changes.

A simple simulator, a logistic regression, is shown edited histories and has to say whether the item is still
recommended: once from how much was removed and how recent it was, once from what the reason cites as well. The verdict
is stripped: only which items are cited, and what is said of their removal, is used.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from recexplainer_core.evaluation.definitions import Definition
from recexplainer_core.evaluation.faithfulness.cases import Case
from recexplainer_core.evaluation.faithfulness.generated import GeneratedRationale
from recexplainer_core.evaluation.faithfulness.metric import Metric
from recexplainer_core.evaluation.intervals import bootstrap_mean
from recexplainer_core.evaluation.report import Figures
from recexplainer_core.rationale.verdict import LISTED

EDITS, FOLDS = 12, 5
Matrix = npt.NDArray[np.float64]


def simulatability(cases: Sequence[Case], rationales: Sequence[GeneratedRationale], seed: int) -> Figures:
    """Return the simulator's accuracy on users it has not learnt from, without and with the reasons, and the gain.

    Empty where there is only one answer to learn.
    """
    plain, cited, answers, groups = _questions(cases, rationales, seed)
    if len(set(answers.tolist())) < 2 or len(cases) < FOLDS:
        return {}
    before = _accuracy(plain, answers, groups)
    after = _accuracy(np.hstack([plain, cited]), answers, groups)
    per_user = [
        (before[groups == number].mean(), after[groups == number].mean()) for number in range(len(cases))
    ]
    return {
        "simulated_without_reasons": bootstrap_mean([b for b, _ in per_user], seed),
        "simulated_with_reasons": bootstrap_mean([a for _, a in per_user], seed),
        "simulated_gain": bootstrap_mean([a - b for b, a in per_user], seed),
    }


METRIC = Metric(
    {
        "simulated_without_reasons": Definition(
            "Simulator alone",
            "How often a small model foresees whether the item stays listed after an edit, without the reason.",
            "neither",
        ),
        "simulated_with_reasons": Definition(
            "Simulator with reasons", "The same once it knows what is cited."
        ),
        "simulated_gain": Definition("Simulatability gain", "The second minus the first.", chance=0.0),
    },
    lambda written: simulatability(written.cases, written.rationales, written.seed),
)


def _questions(
    cases: Sequence[Case], rationales: Sequence[GeneratedRationale], seed: int
) -> tuple[Matrix, Matrix, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    plain, cited, answers, groups = [], [], [], []
    for number, (case, one) in enumerate(zip(cases, rationales, strict=True)):
        rng = random.Random(f"{seed}, simulate, {case.user}")
        n = len(case.history.recent)
        says_needed = {"needed": 1.0, "robust": -1.0}.get(one.rationale.reading.claimed("without") or "", 0.0)
        for _ in range(EDITS):
            gone = set(rng.sample(range(n), rng.randint(1, n)))
            recent = [0.7 ** (n - 1 - place) for place in range(n)]
            plain.append(
                [
                    len(gone) / n,
                    float(n - 1 in gone),
                    sum(recent[p] for p in gone) / sum(recent),
                    float(len(gone)),
                ]
            )
            share = len(gone & set(one.cited)) / len(one.cited) if one.cited else 0.0
            first = float(bool(one.cited) and one.cited[0] in gone)
            every = float(bool(one.cited) and share == 1.0)
            cited.append([share, first, every, every * says_needed, float(len(one.cited))])
            answers.append(int(case.known.ranks[case.known.without(gone)] <= LISTED))
            groups.append(number)
    return np.array(plain), np.array(cited), np.array(answers), np.array(groups)


def _accuracy(features: Matrix, answers: npt.NDArray[np.int64], groups: npt.NDArray[np.int64]) -> Matrix:
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    simulator = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    foreseen = cross_val_predict(simulator, features, answers, groups=groups, cv=GroupKFold(FOLDS))
    right: Matrix = (foreseen == answers).astype(np.float64)
    return right
