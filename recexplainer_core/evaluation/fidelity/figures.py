"""From sheets and answers to figures with intervals, for everybody and for groups of users."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from recexplainer_core.evaluation.fidelity.answers import Answers
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
from recexplainer_core.evaluation.fidelity.probe_set import ProbeSet
from recexplainer_core.evaluation.intervals import Interval, bootstrap, bootstrap_mean

Figure = Callable[[ProbeSet, Answers], float | None]
GROUPS = 4
BINS = 10
FEWEST_USERS, MOST_VALUES = 15, 8
"""A value of an attribute makes a group if so many users have it; so many of the most common ones do."""


def _outer_accuracy(probe_set: ProbeSet, said: Answers) -> float | None:
    if said.chances is None:
        return None
    top, _, bottom = said.chances
    return ((top >= 0.5) + (bottom < 0.5)) / 2


def _middle_against_neighbours(probe_set: ProbeSet, said: Answers) -> float | None:
    if said.chances is None:
        return None
    top, middle, bottom = said.chances
    return (_beats(top, middle) + _beats(middle, bottom)) / 2


def _beats(more: float, less: float) -> float:
    return 0.5 if more == less else float(more > less)


FIGURES: Mapping[str, Figure] = {
    "acc@1": lambda s, a: hit_rate(s.target, a.predicted, 1),
    "hr@5": lambda s, a: hit_rate(s.target, a.predicted, 5),
    "ndcg@5": lambda s, a: ndcg(s.target, a.predicted, 5),
    "overlap@10": lambda s, a: overlap(s.target, a.predicted, 10),
    "rbo@10": lambda s, a: rank_biased_overlap(s.target, a.predicted),
    "ranking_ndcg@5": lambda s, a: None if a.order is None else graded_ndcg(s.wanted, a.order),
    "kendall_tau": lambda s, a: None if a.order is None else order_agreement(s.wanted, a.order),
    "classification_accuracy": _outer_accuracy,
    "middle_band_auc": _middle_against_neighbours,
    "history_coverage": lambda s, a: None if a.recalled is None else coverage(s.history.recent, a.recalled),
    "unresolved": lambda s, a: None if a.in_catalogue is None else float(not a.in_catalogue),
}
"""Figure -> its value for one user, None where the question was not put or has no answer."""


def figures_of(probe_sets: Sequence[ProbeSet], said: Sequence[Answers], seed: int) -> dict[str, Interval]:
    """Return every figure that can be told from the answers, with its 95% interval over users."""
    found: dict[str, Interval] = {}
    pairs = list(zip(probe_sets, said, strict=True))
    for name, of in FIGURES.items():
        values = [value for s, a in pairs if (value := of(s, a)) is not None]
        if values:
            found[name] = bootstrap_mean(values, seed)
    tracked = [
        [(edit.change, change) for edit, change in zip(s.edits, a.changes, strict=True)]
        for s, a in pairs
        if a.changes is not None
    ]
    if tracked:
        found["tracking_correlation"] = bootstrap(tracked, lambda rows: correlation(sum(rows, [])), seed)
    answered = [
        [
            verdict != a.verdicts[0]
            for edit, verdict in zip(s.edits, a.verdicts[1:], strict=True)
            if edit.flips
        ]
        for s, a in pairs
        if a.verdicts is not None
    ]
    flips = [row for row in answered if row]
    if flips:
        found["verdict_flips"] = bootstrap(flips, lambda rows: float(np.mean(sum(rows, []))), seed)
    return found


def grouped(
    probe_sets: Sequence[ProbeSet], said: Sequence[Answers], key: Callable[[ProbeSet], int], seed: int
) -> list[dict[str, Any]]:
    """Return Acc@1 and HR@5 in up to four groups of about as many users, by rising key."""
    keys = np.array([key(probe_set) for probe_set in probe_sets])
    bounds = np.unique(np.quantile(keys, np.linspace(0, 1, GROUPS + 1)[1:-1], method="lower"))
    numbers = np.searchsorted(bounds, keys, side="left")
    groups: list[dict[str, Any]] = []
    for number in np.unique(numbers):
        rows = np.flatnonzero(numbers == number).tolist()
        bounded = {"from": int(keys[rows].min()), "to": int(keys[rows].max())}
        groups.append(bounded | _of_group(probe_sets, said, rows, seed))
    return groups


def grouped_by_value(
    probe_sets: Sequence[ProbeSet],
    said: Sequence[Answers],
    values: Callable[[ProbeSet], Sequence[str]],
    seed: int,
) -> list[dict[str, Any]]:
    """Return Acc@1 and HR@5 of the users who have each of the most common values, by falling number of users.

    Args:
        probe_sets: of the users.
        said: their answers.
        values: of a user; with several, the user is in several groups, with none in no group.
        seed: of the bootstrap.

    Returns:
        Groups {"name", "users", "acc@1", "hr@5"} of at least `FEWEST_USERS` users, empty where fewer than two are.
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
    return [{"name": value} | _of_group(probe_sets, said, rows[value], seed) for value in common]


def _of_group(
    probe_sets: Sequence[ProbeSet], said: Sequence[Answers], rows: Sequence[int], seed: int
) -> dict[str, Any]:
    chosen = [(probe_sets[row], said[row]) for row in rows]
    return {"users": len(rows)} | {
        name: bootstrap_mean([float(FIGURES[name](s, a) or 0) for s, a in chosen], seed)
        for name in ("acc@1", "hr@5")
    }


def calibration(probe_sets: Sequence[ProbeSet], said: Sequence[Answers]) -> list[dict[str, float]]:
    """Return, for tenths of P(Yes), how often "Yes" was right; between the target's bands it is right in part."""
    points = [
        (chance, truth)
        for probe_set, answers in zip(probe_sets, said, strict=True)
        for chance, truth in zip(answers.chances or (), probe_set.truth, strict=False)
    ]
    bins: list[dict[str, float]] = []
    for number in range(BINS):
        inside = [p for p in points if min(int(p[0] * BINS), BINS - 1) == number]
        if inside:
            chance, truth = np.mean(inside, axis=0)
            bins.append({"chance": float(chance), "right": float(truth), "questions": len(inside)})
    return bins
