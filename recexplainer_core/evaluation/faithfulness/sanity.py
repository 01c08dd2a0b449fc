"""Whether reasons depend on what they should depend on: on the target's weights, and on text or vector."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from recexplainer_core.evaluation.faithfulness.cases import Case
from recexplainer_core.evaluation.faithfulness.generated import BATCH, GeneratedRationale
from recexplainer_core.evaluation.intervals import Interval, bootstrap_mean
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.rationale.claims import citations
from recexplainer_core.surrogate.engine import Engine


def changed_citations(
    before: Sequence[GeneratedRationale], after: Sequence[GeneratedRationale], seed: int
) -> Interval:
    """Return how often other items are cited, or in another order, once the target's weights are drawn anew."""
    return bootstrap_mean([float(a.cited != b.cited) for a, b in zip(before, after, strict=True)], seed)


def followed(
    engine: Engine, mode: AlignmentMode, cases: Sequence[Case], seed: int, told: Callable[[int], None]
) -> dict[str, Interval]:
    """Give the model one user's titles and another one's vector, and see whose items it cites.

    Items of both histories may be cited.

    Returns:
        {"text", "vector"}: shares of the citations, of items that only one of the two users has.
    """
    others = [*cases[1:], *cases[:1]]
    rows: list[float] = []
    for start in range(0, len(cases), BATCH):
        shown, hidden = cases[start : start + BATCH], others[start : start + BATCH]
        texts = engine.explain_all(
            [case.history for case in shown],
            [case.item for case in shown],
            [mode] * len(shown),
            ["first"] * len(shown),
            [case.history for case in hidden],
        )
        for text, one, other in zip(texts, shown, hidden, strict=True):
            cited = {c.item for c in citations(text, engine.catalogue)} - {one.item}
            own, theirs = (
                cited & (set(one.history) - set(other.history)),
                cited & (set(other.history) - set(one.history)),
            )
            if own or theirs:
                rows.append(len(own) / (len(own) + len(theirs)))
        told(start + len(shown))
    if not rows:
        return {}
    return {
        "text": bootstrap_mean(rows, seed),
        "vector": bootstrap_mean((1 - np.array(rows)).tolist(), seed),
    }
