"""Where the language model agrees with the target clearly less than elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from recexplainer_core.ui.alignment_report.rows import group_label


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


def weak_spots(report: Mapping[str, Any], mode: str, figure: str) -> list[WeakSpot]:
    """Return the groups whose whole 95% interval lies below the mode's mean, the deepest first.

    Args:
        report: content of report.json.
        mode: name of a mode.
        figure: "acc@1" or "hr@5".
    """
    mean = report["modes"][mode][figure]["value"]
    found = [
        WeakSpot(by, group_label(group), group["users"], group[figure]["value"], mean)
        for by, groups in report.get("groups", {}).get(mode, {}).items()
        for group in groups
        if group[figure]["high"] < mean
    ]
    return sorted(found, key=lambda spot: spot.value)
