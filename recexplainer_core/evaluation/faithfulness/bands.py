"""Rationales for items from everywhere in the target's order, not only for those it recommends."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from recexplainer_core.alignment.target_order import BANDS, unseen_in_order
from recexplainer_core.evaluation.faithfulness.cases import Case
from recexplainer_core.evaluation.faithfulness.generated import BATCH
from recexplainer_core.evaluation.fidelity.probe_set import VERDICT
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.rationale.claims import Reading
from recexplainer_core.rationale.explainer import Explainer
from recexplainer_core.rationale.request import RationaleRequest

USERS = 200
"""Users whose items of all bands are asked about, at most."""


@dataclass(frozen=True)
class BandRationale:
    """The rationale for one item of a band of the target's order.

    Args:
        case: number of the case, so of the user.
        band: index into `BANDS`.
        liked: whether the target likes the item.
        place: of the item in the target's order, 0 for the first, 1 for the last.
        reading: what the rationale says.
    """

    case: int
    band: int
    liked: bool
    place: float
    reading: Reading


def explain_bands(
    explainer: Explainer, mode: AlignmentMode, cases: Sequence[Case], seed: int
) -> list[BandRationale]:
    """Let a mode explain one item of each band of the target's order, to the first `USERS` users.

    Args:
        explainer: is asked.
        mode: the mode that is asked.
        cases: whose users are asked about.
        seed: of the items.
    """
    found: list[BandRationale] = []
    for start in range(0, min(USERS, len(cases)), BATCH):
        batch = cases[start : min(start + BATCH, USERS)]
        orders = unseen_in_order(
            explainer.surrogate.recommender,
            [case.history.recent for case in batch],
            [case.history.items for case in batch],
        )
        drawn: list[tuple[int, int, float]] = []
        requests: list[RationaleRequest] = []
        for row, (case, order) in enumerate(zip(batch, orders, strict=True)):
            rng = random.Random(f"{seed}, verdict, {case.user}")
            for band, bounds in enumerate(BANDS):
                place = min(int(rng.uniform(*bounds) * len(order)), len(order) - 1)
                drawn.append((start + row, band, place / len(order)))
                requests.append(RationaleRequest(case.history, int(order[place]), mode))
        found += [
            BandRationale(number, band, place <= VERDICT, place, one.reading)
            for (number, band, place), one in zip(
                drawn, explainer.explain_all(requests, tested=False), strict=True
            )
        ]
    return found
