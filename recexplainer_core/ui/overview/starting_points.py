"""Three users worth opening first: where both models agree most, where least, and whose history is longest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from recexplainer_core.errors import UnknownNameError
from recexplainer_core.evaluation.report import Report
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.ui.shared.selection import PREFERRED

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle


@dataclass(frozen=True)
class StartingPoint:
    """A user to begin with.

    Args:
        why: "agreeing", "disagreeing" or "longest".
        user: index.
        mode: in which they agree or disagree; None where that plays no part.
        same_first: whether both lists begin with the same item in that mode, None where nobody looked.
        shared: number of items in both lists.
        overlap: their rank-biased overlap.
    """

    why: str
    user: int
    mode: AlignmentMode | None = None
    same_first: bool | None = None
    shared: int | None = None
    overlap: float | None = None


def starting_points(bundle: Bundle) -> list[StartingPoint]:
    """Return the users worth opening, each of them once.

    Agreement is the rank-biased overlap of both top tens in the report, in the first mode that it has of those the
    explorer prefers. The longest history is one the language model has never seen, if it was kept from any.
    """
    found: list[StartingPoint] = []
    for point in (*_by_agreement(bundle), *_longest(bundle)):
        if all(point.user != other.user for other in found):
            found.append(point)
    return found


def _by_agreement(bundle: Bundle) -> Iterator[StartingPoint]:
    known = (bundle.report or Report()).agreement
    mode = next((m for m in PREFERRED if m in known.modes and m in bundle.modes), None)
    if mode is None:
        return
    found = known.modes[mode]
    order = np.argsort(found.rbo_at_10, kind="stable")
    for why, row in (("agreeing", order[-1]), ("disagreeing", order[0])) if len(order) else ():
        try:
            user = bundle.histories.find(known.user[row])
        except UnknownNameError:  # a report of other histories
            continue
        yield StartingPoint(why, user, mode, found.same_first[row], found.shared[row], found.rbo_at_10[row])


def _longest(bundle: Bundle) -> Iterator[StartingPoint]:
    candidates = (
        np.flatnonzero(bundle.held_out) if bundle.held_out.any() else np.arange(len(bundle.histories))
    )
    if len(candidates):
        yield StartingPoint("longest", int(candidates[bundle.histories.lengths[candidates].argmax()]))
