"""The measured fidelity of every mode, beside baselines: what predictions have to do with the target's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from accelerate.utils import gather_object

from recexplainer_core.catalogue import Catalogue
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
from recexplainer_core.evaluation.report import Agreement, ModeAgreement, Report, UserGroup
from recexplainer_core.histories import Histories, IntArray
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.processes import processes
from recexplainer_core.progress import Progress
from recexplainer_core.recommenders.base import Recommender
from recexplainer_core.surrogate.engine import Engine

MOST_KINDS = 64
"""An attribute with more values than this names items rather than kinds of them, and makes no groups."""


def measure_fidelity(
    engine: Engine,
    histories: Histories,
    users: IntArray,
    popularity: IntArray,
    seed: int,
    progress: Progress,
    copy: Recommender | None = None,
) -> Report:
    """Compare what every mode answers with what the target says, beside popularity and random.

    Everything a user has seen is left out of every list, on both sides. Groups by attribute and by popularity go by the
    target's first choice.

    Args:
        engine: the aligned language model, its catalogue and its target.
        histories: everybody's histories.
        users: the users to measure on, none of whom has seen the whole catalogue; for honest figures, users held out
            from the language model.
        popularity: [n_items], how often each item was chosen.
        seed: of the questions, the bootstrap and the random answers.
        progress: called after every batch of users.
        copy: a distilled copy of the target, as a further baseline.

    Returns:
        The parts of the report that are about predictions.
    """
    probe_sets = examine(engine.catalogue, engine.recommender, histories, users, seed)
    answers = _answers(engine, probe_sets, progress)
    by_mode = {str(mode): answers[str(mode)] for mode in engine.modes}
    baselines = {} if copy is None else {"distilled copy": by_recommender(copy, probe_sets)}
    baselines["popularity"] = by_popularity(popularity, probe_sets)
    baselines["random"] = at_random(engine.catalogue, probe_sets, seed)
    return Report(
        users=len(probe_sets),
        seed=seed,
        modes={name: figures_of(probe_sets, given, seed) for name, given in (answers | baselines).items()},
        groups={
            mode: _groups(engine.catalogue, probe_sets, given, popularity, seed)
            for mode, given in by_mode.items()
        },
        calibration={mode: calibration(probe_sets, given) for mode, given in by_mode.items()},
        agreement=agreement_by_user(histories, probe_sets, by_mode),
    )


def agreement_by_user(
    histories: Histories, probe_sets: Sequence[ProbeSet], answers: Mapping[str, Sequence[Answers]]
) -> Agreement:
    """Return how far the lists of each mode agree with the target's, user by user."""

    def of_mode(given: Sequence[Answers]) -> ModeAgreement:
        lists = [(s.target, a.predicted) for s, a in zip(probe_sets, given, strict=True)]
        return ModeAgreement(
            same_first=[target[:1] == predicted[:1] for target, predicted in lists],
            shared=[len({*target} & {*predicted}) for target, predicted in lists],
            rbo_at_10=[round(rank_biased_overlap(target, predicted), 4) for target, predicted in lists],
        )

    return Agreement(
        user=[histories.user_ids[probe_set.user] for probe_set in probe_sets],
        modes={mode: of_mode(given) for mode, given in answers.items()},
    )


def _answers(engine: Engine, probe_sets: Sequence[ProbeSet], progress: Progress) -> dict[str, list[Answers]]:
    """Ask every mode; under `accelerate launch` every process asks about its part of the users."""
    answers: dict[str, list[Answers]] = {}
    with processes().split_between_processes(list(probe_sets)) as mine:
        for number, mode in enumerate(mode for mode in reversed(AlignmentMode) if mode in engine.modes):
            begun = number * len(mine)

            def on_progress(done: int, begun: int = begun, mode: AlignmentMode = mode) -> None:
                progress(begun + done, len(mine) * len(engine.modes), str(mode))

            answers[str(mode)] = gather_object(ask(engine, mode, mine, on_progress))
    return answers


def _groups(
    catalogue: Catalogue,
    probe_sets: Sequence[ProbeSet],
    answers: Sequence[Answers],
    popularity: IntArray,
    seed: int,
) -> dict[str, list[UserGroup]]:
    found = {
        "popularity of the first choice": grouped(
            probe_sets, answers, lambda s: int(popularity[s.target[0]]), seed
        ),
        "history length": grouped(probe_sets, answers, lambda s: len(s.history.items), seed),
    }
    for name in catalogue.descriptive:
        column = catalogue.attributes[name]
        if len({value for values in column for value in values}) > MOST_KINDS:
            continue
        if groups := grouped_by_value(probe_sets, answers, lambda s, of=column: of[s.target[0]], seed):  # type: ignore[misc]
            found[f"{name} of the first choice"] = groups
    return found
