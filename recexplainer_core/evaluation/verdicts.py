"""Whether what a reason says of an item's place is what the target says, over the whole of the target's order."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from recexplainer_core.alignment.judgements import BANDS, unseen_in_order
from recexplainer_core.evaluation.cases import Case
from recexplainer_core.evaluation.examination import VERDICT
from recexplainer_core.evaluation.intervals import Interval, bootstrap, bootstrap_mean
from recexplainer_core.evaluation.reasons import BATCH
from recexplainer_core.histories import IntArray
from recexplainer_core.rationale.reading import read
from recexplainer_core.rationale.verdict import own_verdicts
from recexplainer_core.surrogate.engine import Engine
from recexplainer_core.surrogate.modes import AlignmentMode

ASKED = 200
"""Users whose items of all bands are asked about."""
NAMES = ("top", "middle", "bottom")
"""Of the bands."""


def verdict_fidelity(
    engine: Engine, mode: AlignmentMode, cases: Sequence[Case], seed: int, told: Callable[[int], None]
) -> dict[str, Interval]:
    """Let a mode explain one item of each band of the target's order, and compare the verdicts that are written.

    An item that is a first choice, recommended or nearly so counts as liked; the target likes what is in the upper
    part of its order.

    Args:
        engine: owner of the model.
        mode: the mode that is asked.
        cases: whose users are asked about, the first `ASKED` of them.
        seed: of the items.
        told: gets the number of users done after every batch.

    Returns:
        {"verdict_top", "verdict_middle", "verdict_bottom"}: accuracy per band; "verdict_balanced" over both verdicts.
    """
    rows: list[list[tuple[bool, bool]]] = []
    for start in range(0, min(ASKED, len(cases)), BATCH):
        batch = cases[start : min(start + BATCH, ASKED)]
        orders = unseen_in_order(
            engine.recommender, [case.history for case in batch], [case.seen for case in batch]
        )
        places = [
            [_place(band, len(order), random.Random(f"{seed}, verdict, {case.user}")) for band in BANDS]
            for case, order in zip(batch, orders, strict=True)
        ]
        for row in _written(engine, mode, batch, orders, places):
            rows.append(row)
        told(len(rows))
    figures = {
        f"verdict_{name}": bootstrap_mean([float(row[band][0] == row[band][1]) for row in rows], seed)
        for band, name in enumerate(NAMES)
    }
    return figures | {"verdict_balanced": bootstrap(rows, _balanced, seed)}


def _written(
    engine: Engine,
    mode: AlignmentMode,
    batch: Sequence[Case],
    orders: Sequence[IntArray],
    places: Sequence[Sequence[int]],
) -> list[list[tuple[bool, bool]]]:
    """Return for each user and band whether the item is liked by the text, and whether by the target."""
    histories = [case.history for case in batch for _ in BANDS]
    items = [int(order[place]) for order, taken in zip(orders, places, strict=True) for place in taken]
    seen = [case.seen for case in batch for _ in BANDS]
    verdicts = own_verdicts(engine, histories, items, mode, seen)
    texts = engine.explain_all(histories, items, mode, verdicts)
    said = [read(text, engine.catalogue).said("verdict") in ("first", "listed", "possible") for text in texts]
    n = len(BANDS)
    return [
        [
            (said[row * n + band], place <= VERDICT * len(orders[row]))
            for band, place in enumerate(places[row])
        ]
        for row in range(len(batch))
    ]


def _balanced(rows: Sequence[Sequence[tuple[bool, bool]]]) -> float:
    """Return the mean of the accuracies among what the target likes and among what it does not."""
    pairs = [pair for row in rows for pair in row]
    parts = [[said == right for said, right in pairs if right is liked] for liked in (True, False)]
    return sum(sum(part) / len(part) for part in parts if part) / max(1, sum(bool(part) for part in parts))


def _place(band: tuple[float, float], n: int, rng: random.Random) -> int:
    return min(int(rng.uniform(*band) * n), n - 1)
