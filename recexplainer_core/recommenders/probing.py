"""A target asked a few questions before anything expensive starts: are its answers of the shape that is promised?"""

from __future__ import annotations

import torch

from recexplainer_core.errors import ModelError
from recexplainer_core.histories import Histories
from recexplainer_core.recommenders.base import Recommender

_ASKED = 4


def require_answers(target: Recommender, n_items: int, histories: Histories) -> None:
    """Ask for vectors and scores of some users, of nobody, and of a history without items.

    Args:
        target: any kind.
        n_items: of the catalogue.
        histories: of the users.

    Raises:
        ModelError: an answer has another shape than it should, or numbers that are not finite.
    """
    name = type(target).__name__
    vectors = target.item_vectors
    if vectors.dim() != 2 or len(vectors) != n_items or not vectors.shape[1]:
        raise ModelError(
            f"The target {name} has item vectors of the shape {list(vectors.shape)}, and the data have {n_items:,} "
            "items. It needs one row of numbers for each item, in their order."
        )
    _require_finite(name, "item vectors", vectors)
    some = [[int(item) for item in histories[user]] for user in range(min(_ASKED, len(histories)))]
    groups: list[list[list[int]]] = [[], [[]], [*some, []]]
    for asked in groups:
        found = target.user_vectors(asked)
        _require_shape(name, "user_vectors", len(asked), found, (len(asked), vectors.shape[1]))
        scores = target.scores(found)
        _require_shape(name, "scores", len(asked), scores, (len(asked), n_items))
        _require_finite(name, "user vectors", found)
        _require_finite(name, "scores", scores)


def _require_shape(name: str, method: str, count: int, found: torch.Tensor, wanted: tuple[int, int]) -> None:
    shape = tuple(found.shape) if isinstance(found, torch.Tensor) else type(found).__name__
    if shape != wanted:
        raise ModelError(
            f"The target {name}: {method} of {count} histories has the shape {shape}, and it should be {wanted}: a row "
            "for each history. Correct the recommender."
        )


def _require_finite(name: str, what: str, found: torch.Tensor) -> None:
    if not found.isfinite().all():
        raise ModelError(
            f"The target {name}: {what} are not all finite (NaN or infinite). Train or export it again."
        )
