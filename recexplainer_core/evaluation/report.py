"""The measured figures of a bundle: what `evaluate` prints and report.json holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.errors import UnknownNameError
from recexplainer_core.evaluation.fidelity import hit_rate, ndcg, overlap
from recexplainer_core.evaluation.intervals import bootstrap_mean
from recexplainer_core.histories import Histories, IntArray
from recexplainer_core.progress import Progress
from recexplainer_core.recommenders.base import top_items
from recexplainer_core.surrogate.engine import Engine
from recexplainer_core.surrogate.modes import AlignmentMode

LIST_LENGTH = 10
_BATCH = 16

FIGURES: dict[str, Callable[[Sequence[int], Sequence[int]], float]] = {
    "acc@1": lambda target, predicted: hit_rate(target, predicted, 1),
    "hr@5": lambda target, predicted: hit_rate(target, predicted, 5),
    "ndcg@5": lambda target, predicted: ndcg(target, predicted, 5),
    "overlap@10": lambda target, predicted: overlap(target, predicted, 10),
}
"""Figure -> its value for one user, from the target's list and the predicted one."""


def measure(
    engine: Engine, histories: Histories, users: IntArray, seed: int, progress: Progress
) -> dict[str, Any]:
    """Compare what every mode predicts with what the target recommends, beside popularity and random.

    Everything a user has seen is left out of every list, on both sides.

    Args:
        engine: the aligned language model, its catalogue and its target.
        histories: everybody's histories.
        users: the users to measure on; for honest figures, users held out from the language model. Who has seen the
            whole catalogue is left out.
        seed: of the bootstrap and of the random list.
        progress: told after every batch of users.

    Returns:
        {"users", "seed", "modes": {mode or baseline: {figure: {"value", "low", "high"}}}}

    Raises:
        UnknownNameError: no user is left to measure on.
    """
    unfinished = [len(np.unique(histories[int(u)])) < len(engine.catalogue) for u in users]
    users = users[np.array(unfinished, dtype=bool)]
    if not len(users):
        raise UnknownNameError(
            "There is nobody to measure on: every user given has seen the whole catalogue. Give other users."
        )
    seen = [np.unique(histories[int(u)]).tolist() for u in users]
    recent = [tuple(int(i) for i in histories[int(u)])[-engine.recommender.max_history :] for u in users]
    target = [[r.item for r in row] for row in top_items(engine.recommender, recent, LIST_LENGTH, seen)]
    lists: dict[str, list[list[int]]] = _baselines(engine.catalogue, histories, users, seen, seed)
    done, total = 0, len(users) * len(engine.modes)
    for mode in engine.modes:
        lists[str(mode)] = []
        for start in range(0, len(users), _BATCH):
            rows = slice(start, start + _BATCH)
            modes = [mode] * len(recent[rows])
            found = engine.predict(recent[rows], modes, LIST_LENGTH, seen[rows])
            lists[str(mode)] += [[p.item for p in row] for row in found]
            done += len(modes)
            progress(done, total, str(mode))
    return {
        "users": len(users),
        "seed": seed,
        "modes": {
            name: {
                figure: bootstrap_mean([of(t, p) for t, p in zip(target, predicted, strict=True)], seed)
                for figure, of in FIGURES.items()
            }
            for name, predicted in sorted(lists.items(), key=lambda entry: _order(entry[0]))
        },
    }


def _baselines(
    catalogue: Catalogue, histories: Histories, users: IntArray, seen: Sequence[Sequence[int]], seed: int
) -> dict[str, list[list[int]]]:
    others = np.setdiff1d(np.arange(len(histories)), users)
    popularity = histories.popularity(len(catalogue), others if len(others) else users)
    by_popularity = np.argsort(-popularity, kind="stable")
    rng = np.random.default_rng(seed)

    def first_unseen(order: np.ndarray, left_out: Sequence[int]) -> list[int]:
        kept = order[~np.isin(order, left_out)]
        return [int(i) for i in kept[:LIST_LENGTH]]

    return {
        "popularity": [first_unseen(by_popularity, s) for s in seen],
        "random": [first_unseen(rng.permutation(len(catalogue)), s) for s in seen],
    }


def _order(name: str) -> int:
    order = [str(m) for m in reversed(AlignmentMode)]
    return order.index(name) if name in order else len(order)
