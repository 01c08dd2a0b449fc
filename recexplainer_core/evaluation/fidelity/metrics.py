"""How well what is predicted agrees with the target: lists, orders, verdicts.

Of a list, the target's first unseen item is the single relevant one.
"""

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


def rank_biased_overlap(target: Sequence[int], predicted: Sequence[int], persistence: float = 0.9) -> float:
    """Return how much two lists overlap at every depth, early ones counting more, scaled to 1 for equal lists.

    Args:
        target: the one list.
        predicted: the other; where the lists differ in length, the shorter one's depth counts.
        persistence: how likely a reader goes on by one more rank (Webber et al. 2010, truncated).
    """
    depth = min(len(target), len(predicted))
    if not depth:
        return 0.0
    weights = [persistence**rank for rank in range(depth)]
    shares = [len(set(target[:d]) & set(predicted[:d])) / d for d in range(1, depth + 1)]
    return sum(w * s for w, s in zip(weights, shares, strict=True)) / sum(weights)


GAINS = (1000.0, 100.0, 10.0, 1.0, 0.0)
"""What the items are worth in the paper's ranking task, the target's favourite first. They make a random order score
.61 and the reverse one .41, so read the figure beside Kendall's tau."""


def graded_ndcg(wanted: Sequence[int], predicted: Sequence[int]) -> float:
    """Return the NDCG of an order of the same few items, with the paper's gains."""
    gain = dict(zip(wanted, GAINS, strict=False))
    worth = [gain.get(item, 0.0) / log2(place + 2) for place, item in enumerate(predicted)]
    best = [g / log2(place + 2) for place, g in enumerate(GAINS[: len(wanted)])]
    return sum(worth) / sum(best)


def coverage(history: Sequence[int], recalled: Sequence[int]) -> float:
    """Return the share of a history's different items that are recalled; a title counts once."""
    wanted = set(history)
    return len(wanted & set(recalled)) / len(wanted)


def correlation(pairs: Sequence[tuple[float, float]]) -> float:
    """Return Pearson's correlation, 0 where one side does not vary."""
    n = len(pairs)
    xs, ys = [x for x, _ in pairs], [y for _, y in pairs]
    mean_x, mean_y = sum(xs) / n, sum(ys) / n
    spread = sum((x - mean_x) ** 2 for x in xs) * sum((y - mean_y) ** 2 for y in ys)
    if spread <= 0:
        return 0.0
    return float(sum((x - mean_x) * (y - mean_y) for x, y in pairs) / spread**0.5)
