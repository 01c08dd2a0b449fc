"""The one assembly of a report: what `evaluate` prints and a build puts into its bundle."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from recexplainer_core.alignment.config import AlignmentConfig
from recexplainer_core.errors import UnknownNameError
from recexplainer_core.evaluation.faithfulness.report import measure_faithfulness
from recexplainer_core.evaluation.fidelity.distilled_copy import distil
from recexplainer_core.evaluation.fidelity.report import measure_fidelity
from recexplainer_core.evaluation.report import Report, TargetFigures
from recexplainer_core.histories import Histories, IntArray
from recexplainer_core.progress import Progress
from recexplainer_core.rationale.explainer import Explainer
from recexplainer_core.rationale.reasons import TEMPLATE
from recexplainer_core.recommenders.base import Reinitialisable
from recexplainer_core.recommenders.evaluation import evaluate_leave_one_out
from recexplainer_core.surrogate.engine import Engine


def measure(
    engine: Engine,
    histories: Histories,
    training_users: IntArray,
    users: IntArray,
    taught: AlignmentConfig,
    seed: int,
    started: Callable[[str], Progress],
    at_least: int = 0,
    writer: str = TEMPLATE,
) -> Report:
    """Measure predictions, reasons and the target itself.

    Args:
        engine: the aligned language model, its catalogue and its target.
        histories: everybody's histories.
        training_users: those whom the language model has seen; the distilled copy learns from them.
        users: those to measure on. Who has seen the whole catalogue is left out.
        taught: what the language model was taught, so that the distilled copy learns as much.
        seed: of every choice.
        started: called with the name of each part when it begins, returns whom to call as it goes on.
        at_least: rationales to test in every mode, at least; one for each user unless more are wanted.
        writer: name of the writer whose reasons are tested.

    Raises:
        UnknownNameError: no user is left to measure on.
    """
    recommender = engine.recommender
    users, popularity = whom_to_measure(engine, histories, users)
    copy = distil(recommender, histories, training_users, taught, seed, started("distilled copy"))
    report = measure_fidelity(engine, histories, users, popularity, seed, started("evaluate"), copy)
    stranger = None
    if isinstance(recommender, Reinitialisable):
        stranger = Explainer(Engine(engine.lm, engine.catalogue, recommender.reinitialised(seed)), writer)
    report.reasons = measure_faithfulness(
        Explainer(engine, writer),
        histories,
        users,
        popularity,
        seed,
        started("reasons"),
        stranger,
        at_least,
    )
    target = evaluate_leave_one_out(recommender, histories)
    report.target = TargetFigures(hr_at_10=target["hr@10"], ndcg_at_10=target["ndcg@10"])
    return report


def whom_to_measure(engine: Engine, histories: Histories, users: IntArray) -> tuple[IntArray, IntArray]:
    """Return the users who have not seen the whole catalogue, and how often everybody else chose each item.

    Raises:
        UnknownNameError: no user is left.
    """
    unfinished = [len(np.unique(histories[int(u)])) < len(engine.catalogue) for u in users]
    users = users[np.array(unfinished, dtype=bool)]
    if not len(users):
        raise UnknownNameError(
            "There is nobody to measure on: every user given has seen the whole catalogue. Give other users."
        )
    others = np.setdiff1d(np.arange(len(histories)), users)
    popularity = histories.popularity(len(engine.catalogue), others if len(others) else users)
    return users, popularity
