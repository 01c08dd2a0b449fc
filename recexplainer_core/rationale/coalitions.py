"""The target's answer to every subset of one history: all that can be known of its reasons for an item.

Subsets are numbered: bit j of the number says whether the history's item j is in it, so 0 is the empty history and
2**n - 1 the whole one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
import numpy.typing as npt
import torch

from recexplainer_core.histories import History
from recexplainer_core.recommenders.base import Recommender
from recexplainer_core.recommenders.subsets import subset_vectors, subsets

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
EXACT_UP_TO = 10
"""Items of a history up to which all its subsets are asked for."""


_SMALLEST_LOG = -600.0


@dataclass(frozen=True)
class Coalitions:
    """What the target makes of an item, for every subset of a history.

    Args:
        history: n items that count, oldest first.
        item: the item that is explained.
        probabilities: [2**n], the item's softmax score.
        ranks: [2**n], its rank among the items outside the whole history, 1 is best.
    """

    history: tuple[int, ...]
    item: int
    probabilities: FloatArray
    ranks: IntArray

    @property
    def whole(self) -> int:
        """The number of the whole history."""
        return len(self.probabilities) - 1

    def only(self, places: Collection[int]) -> int:
        """Return the number of the subset that holds these places of the history and no others."""
        return number_of(places)

    def without(self, places: Collection[int]) -> int:
        """Return the number of the subset that holds all but these places."""
        return self.whole & ~self.only(places)

    def places(self, items: Collection[int]) -> list[int]:
        """Return the places at which items stand in the history."""
        return [place for place, item in enumerate(self.history) if item in items]


def coalitions(
    recommender: Recommender,
    histories: Sequence[History],
    items: Sequence[Sequence[int]],
    stand_ins: Sequence[Sequence[int]] | None = None,
) -> Iterator[list[Coalitions]]:
    """Ask the target about every subset of some histories; yield those of each history, one for each of its items.

    Several items of one history cost little more than one.

    Args:
        recommender: the target.
        histories: at most `EXACT_UP_TO` items of each count. What is seen does not count in the ranks.
        items: for each history, the items that are explained.
        stand_ins: for each history, what stands at each place when its item is removed; unless given, nothing does,
            and the history gets shorter.

    Raises:
        ValueError: a history is too long.
    """
    for number, (whole, explained) in enumerate(zip(histories, items, strict=True)):
        history = whole.recent
        if len(history) > EXACT_UP_TO:
            raise ValueError(f"{len(history)} items have too many subsets; ask about at most {EXACT_UP_TO}.")
        if stand_ins is None:
            vectors = subset_vectors(recommender, history)
        else:
            other = stand_ins[number]
            variants = [
                [item if place in kept else other[place] for place, item in enumerate(history)]
                for kept in subsets(len(history))
            ]
            vectors = recommender.user_vectors(variants)
        probabilities, ranks = probabilities_and_ranks(recommender, vectors, explained, whole.seen)
        yield [
            Coalitions(history, item, probabilities[:, column], ranks[:, column])
            for column, item in enumerate(explained)
        ]


def probabilities_and_ranks(
    recommender: Recommender, user_vectors: torch.Tensor, items: Sequence[int], masked: Collection[int]
) -> tuple[FloatArray, IntArray]:
    """Return softmax scores and ranks [n, n_items_asked] of some items for variants of one history.

    Args:
        recommender: the target.
        user_vectors: [n, d], of the variants.
        items: the items asked about.
        masked: items that do not count in the ranks: the history as it was.
    """
    with torch.inference_mode():
        scores = recommender.scores(user_vectors).float()
        own, probabilities = scores[:, list(items)], softmax_probabilities(scores, items)
        scores[:, list(masked)] = -torch.inf
        above = torch.stack([(scores > column[:, None]).sum(1, dtype=torch.int32) for column in own.T], 1)
    return probabilities, above.numpy().astype(np.int64) + 1


def softmax_probabilities(scores: torch.Tensor, items: Sequence[int]) -> FloatArray:
    """Return the softmax scores [n, n_items_asked] of some items, from the scores [n, n_items] of all.

    However far apart a target's scores are, none is zero: changes are told as parts of it.
    """
    own = scores[:, list(items)].double()
    logs = own - scores.double().logsumexp(1, keepdim=True)
    probabilities: FloatArray = logs.clamp_min(_SMALLEST_LOG).exp().numpy()
    return probabilities


def number_of(places: Collection[int]) -> int:
    """Return the number of the subset that holds these places of a history."""
    return sum(1 << place for place in set(places))


@cache
def sets_of_size(n: int, size: int) -> tuple[tuple[int, ...], ...]:
    """Return every choice of `size` of n places."""
    return tuple(combinations(range(n), size))
