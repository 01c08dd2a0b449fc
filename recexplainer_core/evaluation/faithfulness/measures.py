"""Whether cited items are the target's real reasons: figures of one rationale, from the target's answers to every
subset of the history.

Cited items are given as places in the history, in the order in which they were cited. Definitions are those of
ERASER (DeYoung et al. 2020) and of counterfactual tests of recommenders; see the README.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from recexplainer_core.rationale.coalitions import Coalitions, FloatArray, sets_of_size

Places = Sequence[int]


def necessity(known: Coalitions, cited: Places) -> float:
    """Return the share of equally many other items whose removal costs the item less; ties count half.

    1 where nothing would cost more, .5 in the mean over random citations, and for none at all.
    """
    drops = known.probabilities[known.whole] - np.array(
        [
            known.probabilities[known.without(places)]
            for places in sets_of_size(len(known.history), len(set(cited)))
        ]
    )
    own = known.probabilities[known.whole] - known.probabilities[known.without(cited)]
    return float(((drops < own) + 0.5 * (drops == own)).mean())


def sufficiency(known: Coalitions, cited: Places) -> float:
    """Return which part of its score the item keeps when only the cited items are left (INS)."""
    return float(known.probabilities[known.only(cited)] / known.probabilities[known.whole])


def deletion(known: Coalitions, cited: Places) -> float:
    """Return which part of its score the item keeps without the cited items (DEL)."""
    return float(known.probabilities[known.without(cited)] / known.probabilities[known.whole])


def still_listed(known: Coalitions, cited: Places, k: int) -> float:
    """Return 1 if the item stays among the first k without the cited items (POS)."""
    return float(known.ranks[known.without(cited)] <= k)


def attribution_precision(effects: FloatArray, cited: Places) -> float:
    """Return the average precision of the cited items in the order of the effects: 1 if they are the strongest.

    A cited item that does not speak for the choice counts as never found.
    """
    if not cited:
        return 0.0
    order = [int(place) for place in np.argsort(-effects, kind="stable") if effects[place] > 0]
    ranks = sorted(order.index(place) + 1 for place in set(cited) if place in order)
    return sum(found / rank for found, rank in enumerate(ranks, start=1)) / len(set(cited))


def precision_and_recall(smallest: Places, cited: Places) -> tuple[float, float]:
    """Return precision and recall of the cited items against the smallest set that decides."""
    both = len(set(smallest) & set(cited))
    return both / len(set(cited)) if cited else 0.0, both / len(smallest)
