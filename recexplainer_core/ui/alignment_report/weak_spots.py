"""Where the language model agrees with the target clearly less than elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from recexplainer_core.evaluation.report import Report


@dataclass(frozen=True)
class WeakSpot:
    """A group of users, and how far a mode falls behind its own mean there.

    Args:
        by: what users are grouped by.
        group: what those of the group have in common.
        users: how many they are.
        value: the mode's figure in the group.
        mean: its figure over everybody.
    """

    by: str
    group: str
    users: int
    value: float
    mean: float


def weak_spots(report: Report, mode: str, figure: str) -> list[WeakSpot]:
    """Return the groups whose whole 95% interval lies below the mode's mean, the deepest first.

    Args:
        report: with that mode's figures.
        mode: name of a mode.
        figure: "acc@1" or "hr@5".
    """
    mean = report.modes[mode][figure].value
    found = [
        WeakSpot(by, group.label, group.users, found.value, mean)
        for by, groups in report.groups.get(mode, {}).items()
        for group in groups
        for found in [group.figures[figure]]
        if found.high is not None and found.high < mean
    ]
    return sorted(found, key=lambda spot: spot.value)
