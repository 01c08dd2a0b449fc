"""The measured figures of a bundle: what `evaluate` prints and report.json holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from accelerate.utils import gather_object

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.errors import UnknownNameError
from recexplainer_core.evaluation.fidelity.answers import (
    Answers,
    ask,
    at_random,
    by_popularity,
    by_recommender,
)
from recexplainer_core.evaluation.fidelity.figures import calibration, figures_of, grouped, grouped_by_value
from recexplainer_core.evaluation.fidelity.metrics import rank_biased_overlap
from recexplainer_core.evaluation.fidelity.probe_set import ProbeSet, examine
from recexplainer_core.histories import Histories, IntArray
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.processes import processes
from recexplainer_core.progress import Progress
from recexplainer_core.recommenders.base import Recommender
from recexplainer_core.surrogate.engine import Engine

FEW_VALUES = 64
"""An attribute with more values than this names items rather than kinds of them, and makes no groups."""


def measure(
    engine: Engine,
    histories: Histories,
    users: IntArray,
    seed: int,
    progress: Progress,
    copy: Recommender | None = None,
) -> dict[str, Any]:
    """Compare what every mode says with what the target says, beside popularity and random.

    Everything a user has seen is left out of every list, on both sides.

    Args:
        engine: the aligned language model, its catalogue and its target.
        histories: everybody's histories.
        users: the users to measure on; for honest figures, users held out from the language model. Who has seen the
            whole catalogue is left out.
        seed: of the questions, the bootstrap and the random answers.
        progress: told after every batch of users.
        copy: a distilled copy of the target, as a further baseline.

    Returns:
        {"users", "seed", "modes": {mode or baseline: {figure: {"value", "low", "high"}}},
        "groups": {mode: {"popularity of the first choice", "history length" or "ATTRIBUTE of the first choice":
        [...]}}, where the first choice is the target's, "calibration": {mode: [...]},
        "agreement": see `agreement_by_user`}

    Raises:
        UnknownNameError: no user is left to measure on.
    """
    users, popularity = whom_to_measure(engine, histories, users)
    probe_sets = examine(engine.recommender, histories, users, seed)
    answers = _answers(engine, probe_sets, progress)
    if copy is not None:
        answers["distilled copy"] = by_recommender(copy, probe_sets)
    answers["popularity"] = by_popularity(popularity, probe_sets)
    answers["random"] = at_random(engine.catalogue, probe_sets, seed)
    return {
        "users": len(probe_sets),
        "seed": seed,
        "modes": {name: figures_of(probe_sets, said, seed) for name, said in answers.items()},
        "groups": {
            str(mode): _groups(engine.catalogue, probe_sets, answers[str(mode)], popularity, seed)
            for mode in engine.modes
        },
        "calibration": {str(mode): calibration(probe_sets, answers[str(mode)]) for mode in engine.modes},
        "agreement": agreement_by_user(
            histories, probe_sets, {str(m): answers[str(m)] for m in engine.modes}
        ),
    }


def agreement_by_user(
    histories: Histories, probe_sets: Sequence[ProbeSet], answers: Mapping[str, Sequence[Answers]]
) -> dict[str, Any]:
    """Return how far the lists of each mode agree with the target's, user by user.

    Returns:
        {"user": [n ids], "modes": {mode: {"same_first": [n], "shared": [n], "rbo@10": [n]}}}: whether both lists
        begin with the same item, how many items they share, and their rank-biased overlap.
    """
    modes = {
        mode: {
            "same_first": [s.target[:1] == a.predicted[:1] for s, a in zip(probe_sets, said, strict=True)],
            "shared": [len({*s.target} & {*a.predicted}) for s, a in zip(probe_sets, said, strict=True)],
            "rbo@10": [
                round(rank_biased_overlap(s.target, a.predicted), 4)
                for s, a in zip(probe_sets, said, strict=True)
            ],
        }
        for mode, said in answers.items()
    }
    return {"user": [histories.user_ids[probe_set.user] for probe_set in probe_sets], "modes": modes}


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


def _answers(engine: Engine, probe_sets: Sequence[ProbeSet], progress: Progress) -> dict[str, list[Answers]]:
    """Ask every mode; under `accelerate launch` every process asks about its part of the users."""
    answers: dict[str, list[Answers]] = {}
    with processes().split_between_processes(list(probe_sets)) as mine:
        for number, mode in enumerate(sorted(engine.modes, key=_order)):
            begun = number * len(mine)

            def told(done: int, begun: int = begun, mode: AlignmentMode = mode) -> None:
                progress(begun + done, len(mine) * len(engine.modes), str(mode))

            answers[str(mode)] = gather_object(ask(engine, mode, mine, told))
    return answers


def _groups(
    catalogue: Catalogue,
    probe_sets: Sequence[ProbeSet],
    said: Sequence[Answers],
    popularity: IntArray,
    seed: int,
) -> dict[str, list[dict[str, Any]]]:
    by_attribute: dict[str, list[dict[str, Any]]] = {}
    for name in catalogue.descriptive:
        column = catalogue.attributes[name]
        if len({value for values in column for value in values}) > FEW_VALUES:
            continue
        if groups := grouped_by_value(probe_sets, said, lambda s, of=column: of[s.target[0]], seed):  # type: ignore[misc]
            by_attribute[f"{name} of the first choice"] = groups
    return {
        "popularity of the first choice": grouped(
            probe_sets, said, lambda s: int(popularity[s.target[0]]), seed
        ),
        "history length": grouped(probe_sets, said, lambda s: len(s.history.items), seed),
        **by_attribute,
    }


def _order(mode: AlignmentMode) -> int:
    return -list(AlignmentMode).index(mode)
