"""From probe sets and answers to figures with intervals, for everybody and for groups of users."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from recexplainer_core.evaluation.definitions import Definition
from recexplainer_core.evaluation.fidelity.metrics import (
    correlation,
    coverage,
    graded_ndcg,
    hit_rate,
    ndcg,
    order_agreement,
    overlap,
    rank_biased_overlap,
)
from recexplainer_core.evaluation.intervals import bootstrap, bootstrap_mean
from recexplainer_core.evaluation.report import CalibrationBin, Figures, UserGroup

if TYPE_CHECKING:
    from recexplainer_core.evaluation.fidelity.answers import Answers
    from recexplainer_core.evaluation.fidelity.probe_set import ProbeSet

GROUPS = 4
BINS = 10
FEWEST_USERS, MOST_VALUES = 15, 8
"""A value of an attribute makes a group if so many users have it; so many of the most common ones do."""


LISTS, ORDER, VERDICTS, EDITS, SPEECH = (
    "top tens",
    "order of five items",
    "interest in an item",
    "edited histories",
    "recall and speech",
)
"""Questions to which figures belong."""


@dataclass(frozen=True, kw_only=True)
class Figure(Definition):
    """A figure of the agreement with the target.

    Args:
        part: the question to which it belongs.
        value: of one user's answers; None where the question was not put or has no answer.
        pooled: from the values of all users; their mean unless given.
    """

    part: str
    value: Callable[[ProbeSet, Answers], Any]
    pooled: Callable[[Sequence[Any]], float] | None = None


def _outer_accuracy(probe_set: ProbeSet, answers: Answers) -> float | None:
    if answers.chances is None:
        return None
    top, _, bottom = answers.chances
    return ((top >= 0.5) + (bottom < 0.5)) / 2


def _middle_against_neighbours(probe_set: ProbeSet, answers: Answers) -> float | None:
    if answers.chances is None:
        return None
    top, middle, bottom = answers.chances
    return (_beats(top, middle) + _beats(middle, bottom)) / 2


def _beats(more: float, less: float) -> float:
    return 0.5 if more == less else float(more > less)


def _changes(probe_set: ProbeSet, answers: Answers) -> list[tuple[float, float]] | None:
    if answers.changes is None:
        return None
    return [(edit.change, change) for edit, change in zip(probe_set.edits, answers.changes, strict=True)]


def _flips(probe_set: ProbeSet, answers: Answers) -> list[bool] | None:
    """Return for each edit that turns the target's verdict whether it turns the predicted one as well."""
    if answers.verdicts is None:
        return None
    before, *after = answers.verdicts
    turned = [verdict != before for edit, verdict in zip(probe_set.edits, after, strict=True) if edit.flips]
    return turned or None


FIGURES: Mapping[str, Figure] = {
    "acc@1": Figure(
        "Acc@1",
        "Share of users whose first prediction is the target's first choice.",
        part=LISTS,
        value=lambda s, a: hit_rate(s.target, a.predicted, 1),
    ),
    "hr@5": Figure(
        "HR@5",
        "Share of users with the target's first choice among the first five predictions.",
        part=LISTS,
        value=lambda s, a: hit_rate(s.target, a.predicted, 5),
    ),
    "ndcg@5": Figure(
        "NDCG@5",
        "As HR@5, but a first choice predicted lower down counts less: 1 at the top, 0.39 in fifth place.",
        part=LISTS,
        value=lambda s, a: ndcg(s.target, a.predicted, 5),
    ),
    "overlap@10": Figure(
        "Overlap@10",
        "Share of the target's top ten that is in the predicted top ten.",
        part=LISTS,
        value=lambda s, a: overlap(s.target, a.predicted, 10),
    ),
    "rbo@10": Figure(
        "RBO@10",
        "Rank-biased overlap of both top tens: the shared part at every depth, the upper ranks weighing more.",
        part=LISTS,
        value=lambda s, a: rank_biased_overlap(s.target, a.predicted),
    ),
    "ranking_ndcg@5": Figure(
        "Ranking NDCG@5",
        "Five items put in order, with the paper's gains 1000, 100, 10, 1, 0: nearly all hangs on the first.",
        chance=0.61,
        part=ORDER,
        value=lambda s, a: None if a.order is None else graded_ndcg(s.wanted, a.order),
    ),
    "kendall_tau": Figure(
        "Kendall's tau",
        "Agreement of the order of the five with the target's: 1 the same, 0 unrelated, -1 reversed.",
        chance=0.0,
        part=ORDER,
        value=lambda s, a: None if a.order is None else order_agreement(s.wanted, a.order),
    ),
    "classification_accuracy": Figure(
        "Accuracy, outer bands",
        "Right answers to “would the target recommend it?” for its upper fifth (yes) and its lower half (no).",
        chance=0.5,
        part=VERDICTS,
        value=_outer_accuracy,
    ),
    "middle_band_auc": Figure(
        "AUC, middle band",
        "How often P(yes) puts an item between the two bands below one of the upper and above one of the lower.",
        chance=0.5,
        part=VERDICTS,
        value=_middle_against_neighbours,
    ),
    "tracking_correlation": Figure(
        "Tracking correlation",
        "After edits of the history: correlation of the change in the target's score of an item with the change in "
        "the prediction.",
        chance=0.0,
        part=EDITS,
        value=_changes,
        pooled=lambda changes: correlation(sum(changes, [])),
    ),
    "verdict_flips": Figure(
        "Verdict flips",
        "Of the edits that turn the target's verdict on an item, the share that turns the predicted one as well.",
        part=EDITS,
        value=_flips,
        pooled=lambda flips: float(np.mean(sum(flips, []))),
    ),
    "history_coverage": Figure(
        "History coverage",
        "Share of the history's items that can be named from the target's user vector alone.",
        part=SPEECH,
        value=lambda s, a: None if a.recalled is None else coverage(s.history.recent, a.recalled),
    ),
    "unresolved": Figure(
        "Unresolved titles",
        "Share of next items, said without the catalogue's constraint, that are no title of the catalogue.",
        good="low",
        part=SPEECH,
        value=lambda s, a: None if a.in_catalogue is None else float(not a.in_catalogue),
    ),
}
"""Key in report.json -> figure, in the order of the tables. A new figure is one entry."""


def figures() -> dict[str, Figure]:
    """Return the figures above, and those of the tasks that bring a probe of their own."""
    from recexplainer_core.alignment.tasks.base import TASKS

    found = dict(FIGURES)
    for name, task in TASKS.items():
        for key, one in task.probe.metrics.items() if task.probe else ():
            value = partial(_of_task, name, one.value)
            found[key] = Figure(one.name, one.says, one.good, one.chance, part=task.title, value=value)
    return found


def _of_task(
    task: str, value: Callable[..., float | None], probe_set: ProbeSet, answers: Answers
) -> float | None:
    asked = task in probe_set.of_tasks and task in answers.of_tasks
    return value(probe_set.of_tasks[task], answers.of_tasks[task]) if asked else None


def defined(measured: Iterable[str] = ()) -> Mapping[str, Figure]:
    """Return the figures in the order of the tables, for what they say.

    Args:
        measured: names of figures. The tasks, which take seconds to load, are looked at where one is not among those
            above.
    """
    return figures() if set(measured) - set(FIGURES) else FIGURES


def figures_of(probe_sets: Sequence[ProbeSet], answers: Sequence[Answers], seed: int) -> Figures:
    """Return every figure that can be told from the answers, with its 95% interval over users."""
    found: Figures = {}
    for name, figure in figures().items():
        pairs = zip(probe_sets, answers, strict=True)
        values = [value for s, a in pairs if (value := figure.value(s, a)) is not None]
        if values and figure.pooled:
            found[name] = bootstrap(values, figure.pooled, seed)
        elif values:
            found[name] = bootstrap_mean(values, seed)
    return found


def grouped(
    probe_sets: Sequence[ProbeSet], answers: Sequence[Answers], key: Callable[[ProbeSet], int], seed: int
) -> list[UserGroup]:
    """Return Acc@1 and HR@5 in up to four groups of about as many users, by rising key."""
    keys = np.array([key(probe_set) for probe_set in probe_sets])
    bounds = np.unique(np.quantile(keys, np.linspace(0, 1, GROUPS + 1)[1:-1], method="lower"))
    numbers = np.searchsorted(bounds, keys, side="left")
    groups: list[UserGroup] = []
    for number in np.unique(numbers):
        rows = np.flatnonzero(numbers == number).tolist()
        bounds_of_group = {"first": int(keys[rows].min()), "last": int(keys[rows].max())}
        groups.append(_group(probe_sets, answers, rows, seed, **bounds_of_group))
    return groups


def grouped_by_value(
    probe_sets: Sequence[ProbeSet],
    answers: Sequence[Answers],
    values: Callable[[ProbeSet], Sequence[str]],
    seed: int,
) -> list[UserGroup]:
    """Return Acc@1 and HR@5 of the users who have each of the most common values, by falling number of users.

    Args:
        probe_sets: of the users.
        answers: theirs.
        values: of a user; with several, the user is in several groups, with none in no group.
        seed: of the bootstrap.

    Returns:
        Groups of at least `FEWEST_USERS` users, empty where fewer than two are.
    """
    rows: dict[str, list[int]] = {}
    for row, probe_set in enumerate(probe_sets):
        for value in dict.fromkeys(values(probe_set)):
            rows.setdefault(value, []).append(row)
    common = sorted(
        (value for value, users in rows.items() if len(users) >= FEWEST_USERS),
        key=lambda value: (-len(rows[value]), value),
    )[:MOST_VALUES]
    if len(common) < 2:
        return []
    return [_group(probe_sets, answers, rows[value], seed, name=value) for value in common]


def _group(
    probe_sets: Sequence[ProbeSet], answers: Sequence[Answers], rows: Sequence[int], seed: int, **common: Any
) -> UserGroup:
    """Return the group of the users in some rows; `common` says what they have in common."""
    acc, hit_rate_at_5 = (
        bootstrap_mean([float(FIGURES[name].value(probe_sets[row], answers[row])) for row in rows], seed)
        for name in ("acc@1", "hr@5")
    )
    return UserGroup(**common, users=len(rows), acc_at_1=acc, hr_at_5=hit_rate_at_5)


def calibration(probe_sets: Sequence[ProbeSet], answers: Sequence[Answers]) -> list[CalibrationBin]:
    """Return, for tenths of P(Yes), how often "Yes" was right; between the target's bands it is right in part."""
    points = [
        (chance, truth)
        for probe_set, answered in zip(probe_sets, answers, strict=True)
        for chance, truth in zip(answered.chances or (), probe_set.truth, strict=False)
    ]
    bins: list[CalibrationBin] = []
    for number in range(BINS):
        inside = [p for p in points if min(int(p[0] * BINS), BINS - 1) == number]
        if inside:
            chance, right = np.mean(inside, axis=0)
            bins.append(CalibrationBin(chance=float(chance), right=float(right), questions=len(inside)))
    return bins
