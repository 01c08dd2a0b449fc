"""Why the target recommends an item: what each item of the history does for its softmax score."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from recexplainer_core.histories import History
from recexplainer_core.rationale.coalitions import (
    EXACT_UP_TO,
    Coalitions,
    number_of,
    probabilities_and_ranks,
    softmax_probabilities,
)
from recexplainer_core.rationale.shapley import (
    interaction_values,
    sampled_shapley_values,
    shapley_values,
    single_effects,
)
from recexplainer_core.rationale.specification import MOST_NAMED
from recexplainer_core.recommenders.base import Recommender
from recexplainer_core.recommenders.subsets import subset_vectors

FloatArray = npt.NDArray[np.float64]
PERMUTATIONS = 64
"""Orders that are sampled for a history that is too long for all its subsets."""


@dataclass(frozen=True)
class Attribution:
    """The target's view of one item for one history.

    Args:
        history: the n items that counted, oldest first.
        item: the item that is explained.
        probability: its softmax score.
        rank: its rank among the items outside the history, 1 is best.
        effects: [n], Shapley values of the score; above 0 an item speaks for the explained one, below 0 against it.
        losses: [n], by how much the score falls when nothing but the item is taken out.
        error: the largest standard error of an effect; 0 where they are exact.
        ranks_without: the rank without the strongest item, without the two strongest, and so on.
        interactions: [n, n], how much more two items bring together than each alone; None for a long history.
    """

    history: tuple[int, ...]
    item: int
    probability: float
    rank: int
    effects: FloatArray
    losses: FloatArray
    error: float = 0.0
    ranks_without: tuple[int, ...] = ()
    interactions: FloatArray | None = None

    @property
    def contributions(self) -> dict[int, float]:
        """How much each item of the history speaks for the explained one."""
        return dict(zip(self.history, self.effects.tolist(), strict=True))


def attribute(
    recommender: Recommender,
    histories: Sequence[History],
    items: Sequence[Sequence[int]],
    permutations: int = PERMUTATIONS,
) -> list[list[Attribution]]:
    """Attribute some items for each history: exactly where its items are few, else by sampling.

    Args:
        recommender: the target.
        histories: n histories. What is seen does not count in the ranks.
        items: for each, the items to explain; several cost little more than one.
        permutations: orders to sample for a history of more than `EXACT_UP_TO` items.
    """
    found: list[list[Attribution]] = []
    for history, explained in zip(histories, items, strict=True):
        if len(history.recent) > EXACT_UP_TO:
            found.append(_sampled(recommender, history, explained, permutations))
        else:
            found.append(_exact(recommender, history, explained))
    return found


def of_coalitions(known: Coalitions) -> Attribution:
    """Return the exact attribution."""
    return _of_subsets(known.history, known.item, known.probabilities, lambda numbers: known.ranks[numbers])


def _of_subsets(
    history: tuple[int, ...],
    item: int,
    probabilities: FloatArray,
    ranks_of: Callable[[list[int]], npt.NDArray[np.int64]],
) -> Attribution:
    effects = shapley_values(probabilities)
    order, whole = _strongest_first(effects), len(probabilities) - 1
    rank, *without = ranks_of([whole & ~number_of(order[:k]) for k in range(MOST_NAMED + 1)]).tolist()
    return Attribution(
        history,
        item,
        float(probabilities[whole]),
        rank,
        effects,
        single_effects(probabilities),
        ranks_without=tuple(without),
        interactions=interaction_values(probabilities),
    )


def _exact(recommender: Recommender, history: History, items: Sequence[int]) -> list[Attribution]:
    """Ask for the scores of all subsets, and for the few ranks that are told."""
    vectors = subset_vectors(recommender, history.recent)
    probabilities = softmax_probabilities(recommender.scores(vectors), items)

    def ranks_of(item: int) -> Callable[[list[int]], npt.NDArray[np.int64]]:
        return lambda numbers: probabilities_and_ranks(recommender, vectors[numbers], [item], history.seen)[
            1
        ][:, 0]

    return [
        _of_subsets(history.recent, item, probabilities[:, column], ranks_of(item))
        for column, item in enumerate(items)
    ]


def _sampled(
    recommender: Recommender,
    history: History,
    items: Sequence[int],
    permutations: int,
) -> list[Attribution]:
    def ask(kept: Sequence[tuple[int, ...]]) -> tuple[FloatArray, npt.NDArray[np.int64]]:
        vectors = recommender.user_vectors([[history.recent[place] for place in places] for places in kept])
        return probabilities_and_ranks(recommender, vectors, items, history.seen)

    n = len(history.recent)
    effects, errors = sampled_shapley_values(lambda kept: ask(kept)[0], n, permutations, seed=0)
    found = []
    for column, item in enumerate(items):
        order = _strongest_first(effects[:, column])
        gone = [*({place} for place in range(n)), *(set(order[:k]) for k in range(MOST_NAMED + 1))]
        probabilities, ranks = ask([tuple(p for p in range(n) if p not in removed) for removed in gone])
        found.append(
            Attribution(
                history.recent,
                item,
                float(probabilities[n, column]),
                int(ranks[n, column]),
                effects[:, column],
                probabilities[n, column] - probabilities[:n, column],
                float(errors[:, column].max()),
                tuple(int(rank) for rank in ranks[n + 1 :, column]),
            )
        )
    return found


def _strongest_first(effects: FloatArray) -> list[int]:
    return [int(place) for place in np.argsort(-effects, kind="stable")]
