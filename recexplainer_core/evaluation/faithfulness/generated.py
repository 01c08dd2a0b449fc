"""What a mode writes of cases, and of items from everywhere in the target's order."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from recexplainer_core.evaluation.faithfulness.cases import Case
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.rationale.explainer import Explainer, Rationale
from recexplainer_core.rationale.reading import CitedReason, Reading
from recexplainer_core.rationale.request import RationaleRequest

BATCH = 48
BAND_USERS = 200
"""Users who are asked about items of all bands, at most."""
Cited = tuple[int, ...]
"""Places in a history, in the order in which they are cited."""


@dataclass(frozen=True)
class GeneratedRationale:
    """The rationale of one case.

    Args:
        rationale: as written and read; nothing in it is tested.
        cited: places of the history items that it gives as reasons.
    """

    rationale: Rationale
    cited: Cited

    @property
    def reasons(self) -> tuple[CitedReason, ...]:
        """What is cited for the item and against it."""
        reading = self.rationale.reading
        return (*reading.cited("reasons"), *reading.cited("against"))

    @classmethod
    def of(cls, rationale: Rationale, case: Case) -> GeneratedRationale:
        """Find what is cited. Where nothing is read as a reason, all cited items but those against count as such."""
        against = {one.citation.item for one in rationale.reading.cited("against")}
        named = [one.citation.item for one in rationale.reading.cited("reasons")]
        if not named:
            named = [one.item for one in rationale.citations if one.item not in against]
        history = case.history.recent
        return cls(rationale, tuple(dict.fromkeys(history.index(item) for item in named if item in history)))


def generate(
    explainer: Explainer,
    mode: AlignmentMode,
    cases: Sequence[Case],
    on_progress: Callable[[int], None] = lambda done: None,
) -> list[GeneratedRationale]:
    """Let a mode explain every case; `on_progress` gets the number of cases done after every batch."""
    found: list[GeneratedRationale] = []
    for start in range(0, len(cases), BATCH):
        batch = cases[start : start + BATCH]
        requests = [RationaleRequest(case.history, case.item, mode, verified=False) for case in batch]
        rationales = explainer.explain_all(requests, tested=False)
        found += [GeneratedRationale.of(one, case) for one, case in zip(rationales, batch, strict=True)]
        on_progress(len(found))
    return found


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
    """Let a mode explain one item of each band of the target's order, drawn by the seed, to the first users."""
    # Imported here: whoever only shows definitions does without the tasks.
    from recexplainer_core.alignment.target_order import BANDS, unseen_in_order
    from recexplainer_core.evaluation.fidelity.probe_set import VERDICT

    found: list[BandRationale] = []
    for start in range(0, min(BAND_USERS, len(cases)), BATCH):
        batch = cases[start : min(start + BATCH, BAND_USERS)]
        recent, seen = [case.history.recent for case in batch], [case.history.items for case in batch]
        orders = unseen_in_order(explainer.surrogate.recommender, recent, seen)
        drawn: list[tuple[int, int, float]] = []
        requests: list[RationaleRequest] = []
        for number, (case, order) in enumerate(zip(batch, orders, strict=True), start):
            rng = random.Random(f"{seed}, verdict, {case.user}")
            for band, bounds in enumerate(BANDS):
                place = min(int(rng.uniform(*bounds) * len(order)), len(order) - 1)
                drawn.append((number, band, place / len(order)))
                requests.append(RationaleRequest(case.history, int(order[place]), mode, verified=False))
        rationales = explainer.explain_all(requests, tested=False)
        found += [
            BandRationale(number, band, place <= VERDICT, place, one.reading)
            for (number, band, place), one in zip(drawn, rationales, strict=True)
        ]
    return found
