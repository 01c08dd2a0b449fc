"""How well a predicted list agrees with the target's. The target's first unseen item is the single relevant one."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2


def hit_rate(target: Sequence[int], predicted: Sequence[int], k: int) -> float:
    """Return 1 if the target's first item is among the first k predicted; for k = 1 this is Acc@1."""
    return float(target[0] in predicted[:k])


def ndcg(target: Sequence[int], predicted: Sequence[int], k: int) -> float:
    """Return 1 / log2(1 + rank) of the target's first item among the first k predicted, 0 if it is not there."""
    shown = list(predicted[:k])
    return 1.0 / log2(shown.index(target[0]) + 2) if target[0] in shown else 0.0


def overlap(target: Sequence[int], predicted: Sequence[int], k: int) -> float:
    """Return the share of the target's first k items that are among the first k predicted."""
    wanted = set(target[:k])
    return len(wanted & set(predicted[:k])) / len(wanted)


def order_agreement(target: Sequence[int], predicted: Sequence[int]) -> float | None:
    """Return Kendall's tau over the items that both lists hold, None where there are fewer than two."""
    places = [target.index(item) for item in predicted if item in target]
    pairs = [(a, b) for n, a in enumerate(places) for b in places[n + 1 :]]
    if not pairs:
        return None
    return sum(1 if a < b else -1 for a, b in pairs) / len(pairs)
