"""Whether what a reason says of an item's place is what the target says, over the whole of the target's order."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from recexplainer_core.alignment.tasks.judgements import BANDS, unseen_in_order
from recexplainer_core.evaluation.faithfulness.cases import Case
from recexplainer_core.evaluation.faithfulness.generated import BATCH
from recexplainer_core.evaluation.fidelity.probe_set import VERDICT
from recexplainer_core.evaluation.intervals import Interval, bootstrap, bootstrap_mean
from recexplainer_core.grammar.reading import read
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.rationale.claims import Reading
from recexplainer_core.rationale.verdict import own_verdicts
from recexplainer_core.surrogate.engine import Engine

ASKED = 200
"""Users whose items of all bands are asked about, at most."""
NAMES = ("top", "middle", "bottom")
"""Of the bands."""


@dataclass(frozen=True)
class Banded:
    """The reason for one item of a band of the target's order.

    Args:
        number: of the case, so of the user.
        band: index into `BANDS`.
        liked: whether the target likes the item.
        place: of the item in the target's order, 0 for the first, 1 for the last.
        text: as written.
        reading: what it says.
    """

    number: int
    band: int
    liked: bool
    place: float
    text: str
    reading: Reading


def explain_bands(
    engine: Engine, mode: AlignmentMode, cases: Sequence[Case], seed: int, told: Callable[[int], None]
) -> list[Banded]:
    """Let a mode explain one item of each band of the target's order.

    Args:
        engine: owner of the model.
        mode: the mode that is asked.
        cases: whose users are asked about, the first `ASKED` of them.
        seed: of the items.
        told: gets the number of users done after every batch.
    """
    found: list[Banded] = []
    for start in range(0, min(ASKED, len(cases)), BATCH):
        batch = cases[start : min(start + BATCH, ASKED)]
        seen = [case.seen for case in batch]
        orders = unseen_in_order(engine.recommender, [case.history for case in batch], seen)
        drawn: list[tuple[int, int, float, int]] = []
        for row, (case, order) in enumerate(zip(batch, orders, strict=True)):
            rng = random.Random(f"{seed}, verdict, {case.user}")
            for band, bounds in enumerate(BANDS):
                place = min(int(rng.uniform(*bounds) * len(order)), len(order) - 1)
                drawn.append((row, band, place / len(order), int(order[place])))
        histories, items = [batch[row].history for row, *_ in drawn], [item for *_, item in drawn]
        verdicts = own_verdicts(engine, histories, items, mode, [seen[row] for row, *_ in drawn])
        texts = engine.explain_all(histories, items, [mode] * len(items), verdicts)
        found += [
            Banded(start + row, band, place <= VERDICT, place, text, read(text, engine.catalogue))
            for (row, band, place, _), text in zip(drawn, texts, strict=True)
        ]
        told(start + len(batch))
    return found


def verdict_fidelity(banded: Sequence[Banded], seed: int) -> dict[str, Interval]:
    """Return how often what is written of an item's place is what the target says.

    An item that is a first choice, recommended or nearly so counts as liked; the target likes what is in the upper
    part of its order.

    Returns:
        {"verdict_top", "verdict_middle", "verdict_bottom"}: accuracy per band; "verdict_balanced": the mean of the
        accuracies among what the target likes and among what it does not.
    """
    rows: dict[int, list[tuple[bool, bool]]] = {}
    figures: dict[str, Interval] = {}
    for one in banded:
        rows.setdefault(one.number, []).append((_says_liked(one), one.liked))
    for band, name in enumerate(NAMES):
        right = [float(_says_liked(one) == one.liked) for one in banded if one.band == band]
        figures[f"verdict_{name}"] = bootstrap_mean(right, seed)
    return figures | {"verdict_balanced": bootstrap(list(rows.values()), _balanced, seed)}


def _says_liked(one: Banded) -> bool:
    return one.reading.said("verdict") in ("first", "listed", "possible")


def _balanced(rows: Sequence[Sequence[tuple[bool, bool]]]) -> float:
    """Return the mean of the accuracies among what the target likes and among what it does not."""
    pairs = [pair for row in rows for pair in row]
    parts = [[said == right for said, right in pairs if right is liked] for liked in (True, False)]
    return sum(sum(part) / len(part) for part in parts if part) / max(1, sum(bool(part) for part in parts))
