"""Why the target recommends an item: what each item of the history does for its softmax score."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from recexplainer_core.rationale.coalitions import (
    EXACT_UP_TO,
    Coalitions,
    number_of,
    shares_and_ranks,
    softmax_scores,
)
from recexplainer_core.rationale.shapley import (
    interactions,
    sampled_shapley_values,
    shapley_values,
    single_effects,
)
from recexplainer_core.recommenders.base import Recommender
from recexplainer_core.recommenders.subsets import subset_vectors
from recexplainer_core.surrogate.brief import MOST_NAMED

FloatArray = npt.NDArray[np.float64]
PERMUTATIONS = 64
"""Orders that are sampled for a history that is too long for all its subsets."""


@dataclass(frozen=True)
class Attribution:
    """The target's view of one item for one history.

    Args:
        history: the n items that counted, oldest first.
        item: the item that is explained.
        share: its softmax score.
        rank: its rank among the items outside the history, 1 is best.
        effects: [n], Shapley values of the score; above 0 an item speaks for the explained one, below 0 against it.
        losses: [n], by how much the score falls when nothing but the item is taken out.
        error: the largest standard error of an effect; 0 where they are exact.
        ranks_without: the rank without the strongest item, without the two strongest, and so on.
        together: [n, n], how much more two items bring together than each alone; None for a long history.
    """

    history: tuple[int, ...]
    item: int
    share: float
    rank: int
    effects: FloatArray
    losses: FloatArray
    error: float = 0.0
    ranks_without: tuple[int, ...] = ()
    together: FloatArray | None = None

    @property
    def pulls(self) -> dict[int, float]:
        """How much each item of the history speaks for the explained one."""
        return dict(zip(self.history, self.effects.tolist(), strict=True))


def attribute(
    recommender: Recommender,
    histories: Sequence[Sequence[int]],
    items: Sequence[Sequence[int]],
    seen: Sequence[Collection[int]] | None = None,
    permutations: int = PERMUTATIONS,
) -> list[list[Attribution]]:
    """Attribute some items for each history: exactly where its items are few, else by sampling.

    Args:
        recommender: the target; only the last `max_history` items of a history count.
        histories: n histories.
        items: for each, the items to explain; several cost little more than one.
        seen: for each, items that do not count in the ranks; those of the history that count, unless given.
        permutations: orders to sample for a history of more than `EXACT_UP_TO` items.
    """
    found: list[list[Attribution]] = []
    for number, (history, explained) in enumerate(zip(histories, items, strict=True)):
        recent = tuple(history)[-recommender.max_history :]
        masked = recent if seen is None else seen[number]
        if len(recent) > EXACT_UP_TO:
            found.append(_sampled(recommender, recent, explained, masked, permutations))
        else:
            found.append(_exact(recommender, recent, explained, masked))
    return found


def of_coalitions(known: Coalitions) -> Attribution:
    """Return the exact attribution."""
    return _of_subsets(known.history, known.item, known.shares, lambda numbers: known.ranks[numbers])


def _of_subsets(
    history: tuple[int, ...],
    item: int,
    shares: FloatArray,
    ranks_of: Callable[[list[int]], npt.NDArray[np.int64]],
) -> Attribution:
    effects = shapley_values(shares)
    order, whole = _strongest_first(effects), len(shares) - 1
    rank, *without = ranks_of([whole & ~number_of(order[:k]) for k in range(MOST_NAMED + 1)]).tolist()
    return Attribution(
        history,
        item,
        float(shares[whole]),
        rank,
        effects,
        single_effects(shares),
        ranks_without=tuple(without),
        together=interactions(shares),
    )


def _exact(
    recommender: Recommender, history: tuple[int, ...], items: Sequence[int], masked: Collection[int]
) -> list[Attribution]:
    """Ask for the scores of all subsets, and for the few ranks that are told."""
    vectors = subset_vectors(recommender, history)
    shares = softmax_scores(recommender.scores(vectors), items)

    def ranks_of(item: int) -> Callable[[list[int]], npt.NDArray[np.int64]]:
        return lambda numbers: shares_and_ranks(recommender, vectors[numbers], [item], masked)[1][:, 0]

    return [
        _of_subsets(history, item, shares[:, column], ranks_of(item)) for column, item in enumerate(items)
    ]


def _sampled(
    recommender: Recommender,
    history: tuple[int, ...],
    items: Sequence[int],
    masked: Collection[int],
    permutations: int,
) -> list[Attribution]:
    def ask(kept: Sequence[tuple[int, ...]]) -> tuple[FloatArray, npt.NDArray[np.int64]]:
        vectors = recommender.user_vectors([[history[place] for place in places] for places in kept])
        return shares_and_ranks(recommender, vectors, items, masked)

    n = len(history)
    effects, errors = sampled_shapley_values(lambda kept: ask(kept)[0], n, permutations, seed=0)
    found = []
    for column, item in enumerate(items):
        order = _strongest_first(effects[:, column])
        gone = [*({place} for place in range(n)), *(set(order[:k]) for k in range(MOST_NAMED + 1))]
        shares, ranks = ask([tuple(p for p in range(n) if p not in removed) for removed in gone])
        found.append(
            Attribution(
                history,
                item,
                float(shares[n, column]),
                int(ranks[n, column]),
                effects[:, column],
                shares[n, column] - shares[:n, column],
                float(errors[:, column].max()),
                tuple(int(rank) for rank in ranks[n + 1 :, column]),
            )
        )
    return found


def _strongest_first(effects: FloatArray) -> list[int]:
    return [int(place) for place in np.argsort(-effects, kind="stable")]
