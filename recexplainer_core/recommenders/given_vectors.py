"""A target of which only vectors are known: every history is folded in, by least squares.

A score is made a dot product: a bias is a component more, cosine similarity that of vectors of length 1, and by
-|u - v|^2 = 2 u.v - |v|^2 - |u|^2 nearness is one, too, up to what a user's items have in common.

Where vectors of users are given, a user's vector is a linear function of the history's item vectors (their mean, a
mean in which recent ones count more, the last one), fitted to those of known users with a ridge, and put right for
the known users' own histories (`known_users`). Otherwise it is the shortest vector that comes near a score of 1 for
the items of the history.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import torch

from recexplainer_core.errors import ModelError
from recexplainer_core.histories import Histories
from recexplainer_core.recommenders.item_rows import rows_of_items
from recexplainer_core.recommenders.known_users import KnownUsers
from recexplainer_core.recommenders.padding import last_items
from recexplainer_core.recommenders.registry import RecommenderKind
from recexplainer_core.recommenders.spread import usual_scale
from recexplainer_core.recommenders.storage import (
    CatalogueSize,
    Size,
    Tensors,
    check_tensors,
    parse_config,
    write_model,
)
from recexplainer_core.recommenders.vector_file import VectorFile, read_vectors

_DECAY, _RIDGE, _PARTS = 0.7, 1e-2, 3
_FEWEST_USERS = 20
_MEASURED = 200
_LISTED = 10


@dataclass(frozen=True)
class GivenVectorsConfig:
    """Settings of folding in."""

    max_history: Size = 10
    """Items of a history that are folded in, the most recent ones."""
    seed: int = 0
    """Of the users on whom folding in is measured."""
    dimension: Size = 1
    """Components of a vector, what stands for biases among them."""
    fitted: bool = False
    """Whether folding in was fitted to given users."""
    scale: float = 1.0
    """What user vectors are multiplied by, so that scores differ as much as those of the targets trained here."""
    reproduced: float = 0.0
    """Part of the first ten that folding in keeps for known users whom it was not fitted to; 0 where none are given."""


class GivenVectors:
    """Item vectors from elsewhere, and how a history becomes a user's vector.

    Args:
        item_vectors: [n, d].
        folding: [3 d, d], see the module; empty where no users are given.
        config: settings.
        known: users whose own vectors are known.
    """

    supports_edits = True

    def __init__(
        self,
        item_vectors: torch.Tensor,
        folding: torch.Tensor,
        config: GivenVectorsConfig,
        known: KnownUsers | None = None,
    ) -> None:
        self.item_vectors, self.folding = item_vectors.detach().float(), folding.contiguous()
        self.config, self._known = config, known
        self.max_history = config.max_history

    @property
    def reproduced(self) -> float | None:
        """Which part of the first ten folding in keeps for known users; None where none were given."""
        return self.config.reproduced if self.config.fitted else None

    @torch.no_grad()
    def user_vectors(self, histories: Sequence[Sequence[int]]) -> torch.Tensor:
        """Return [batch, d]; an empty history is zero.

        Raises:
            ModelError: a history holds an item the recommender does not know.
        """
        recent = last_items(histories, self.max_history, len(self.item_vectors))
        found = [torch.zeros(self.item_vectors.shape[1]) for _ in recent]
        for row, history in enumerate(recent):
            if history and self.config.fitted:
                found[row] = _features(self.item_vectors, history) @ self.folding
            elif history:
                found[row] = _shortest(self.item_vectors[list(history)])
        stacked = torch.stack(found) if found else torch.zeros(0, self.item_vectors.shape[1])
        if self._known is not None:
            stacked = stacked + self._known.correct(recent)
        return stacked * self.config.scale

    def scores(self, user_vectors: torch.Tensor) -> torch.Tensor:
        """Return [batch, n_items]: the dot products with the item vectors."""
        return user_vectors @ self.item_vectors.T

    def save(self, folder: Path) -> None:
        """Write config.json and model.safetensors."""
        config = {"n_items": len(self.item_vectors), **asdict(self.config)}
        tensors = {"item_vectors": self.item_vectors, "folding": self.folding}
        if self._known is not None:
            tensors |= self._known.tensors()
        write_model(folder, "vectors", config, tensors)

    @classmethod
    def from_files(cls, folder: Path, values: dict[str, Any], tensors: Tensors) -> GivenVectors:
        """Build from the content of the two files.

        Raises:
            ModelError: they do not fit together.
        """
        config = parse_config(GivenVectorsConfig, folder, values)
        n_items, d = parse_config(CatalogueSize, folder, values).n_items, config.dimension
        known = KnownUsers.read(folder, tensors, n_items, d)
        folding = (_PARTS * d, d) if config.fitted else (0, d)
        with torch.device("meta"):
            promised = {"item_vectors": torch.empty(n_items, d), "folding": torch.empty(folding)}
        check_tensors(folder, promised, tensors)
        return cls(tensors["item_vectors"], tensors["folding"], config, known)


def import_vectors(
    path: Path, item_ids: Sequence[str], histories: Histories, config: GivenVectorsConfig
) -> GivenVectors:
    """Make a target of a file of vectors.

    Args:
        path: see `read_vectors`.
        item_ids: of the catalogue, each of which needs a vector.
        histories: of the users; those with a given vector fit the folding in.
        config: settings.

    Raises:
        ModelError: the file does not do, or an item has no vector.
    """
    return adopt_vectors(path, read_vectors(path), item_ids, histories, config)


def adopt_vectors(
    path: Path, given: VectorFile, item_ids: Sequence[str], histories: Histories, config: GivenVectorsConfig
) -> GivenVectors:
    """Make a target of vectors.

    Args:
        path: where they come from, for the message.
        given: the vectors.
        item_ids: of the catalogue, each of which needs a vector.
        histories: of the users; those with a given vector fit the folding in.
        config: settings.

    Raises:
        ModelError: an item has no vector.
    """
    rows = rows_of_items(path, given.item_ids, item_ids)
    items, users = as_dot_products(given, rows)
    number = {one: row for row, one in enumerate(histories.user_ids)}
    known = [(number[one], row) for row, one in enumerate(given.user_ids) if one in number]
    settings = {**asdict(config), "dimension": items.shape[1]}
    if len(known) < _FEWEST_USERS:
        return _scaled(
            GivenVectors(items, torch.zeros(0, items.shape[1]), GivenVectorsConfig(**settings)), histories
        )
    told = [[int(item) for item in histories[user]][-config.max_history :] for user, _ in known]
    features = torch.stack([_features(items, history) for history in told])
    wanted = users[[row for _, row in known]]
    order = torch.randperm(len(known), generator=torch.Generator().manual_seed(config.seed))
    measured, fitted = order[: min(_MEASURED, len(known) // 5)], order[min(_MEASURED, len(known) // 5) :]
    folding = _fit(features[fitted], wanted[fitted])
    kept = shared_lists(features[measured] @ folding, wanted[measured], items)
    folding = _fit(features, wanted)
    users_known = KnownUsers.of(told, wanted - features @ folding, len(item_ids))
    settings |= {"fitted": True, "reproduced": round(kept, 4)}
    return _scaled(GivenVectors(items, folding, GivenVectorsConfig(**settings), users_known), histories)


def _scaled(target: GivenVectors, histories: Histories) -> GivenVectors:
    config = replace(target.config, scale=usual_scale(target, histories))
    return GivenVectors(target.item_vectors, target.folding, config, target._known)


def as_dot_products(given: VectorFile, rows: Sequence[int]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return vectors of items [n, d] and users [m, d] whose dot products order items as the given ones do."""
    items, users = torch.from_numpy(given.items[list(rows)]), torch.from_numpy(given.users)
    biases = torch.from_numpy(given.biases[list(rows)])
    if given.similarity == "cosine":
        items, users = (torch.nn.functional.normalize(one, dim=1) for one in (items, users))
    elif given.similarity == "l2":
        biases = biases - items.pow(2).sum(1)
        items = 2 * items
    if biases.any():
        items = torch.cat([items, biases[:, None]], 1)
        users = torch.cat([users, torch.ones(len(users), 1)], 1)
    return items, users


def _features(items: torch.Tensor, history: Sequence[int]) -> torch.Tensor:
    """Return [3 d]: what folding in makes a vector of."""
    vectors = items[list(history)]
    weights = _DECAY ** torch.arange(len(history) - 1, -1, -1.0)
    recent = (weights[:, None] * vectors).sum(0) / weights.sum()
    return torch.cat([vectors.mean(0), recent, vectors[-1]])


def _fit(features: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """Return the linear map [3 d, d] from features to vectors, by ridge regression."""
    x, y = features.double(), wanted.double()
    gram = x.T @ x
    ridge = _RIDGE * gram.diagonal().mean() * torch.eye(len(gram), dtype=torch.float64)
    solved: torch.Tensor = torch.linalg.solve(gram + ridge, x.T @ y)
    return solved.float()


def _shortest(vectors: torch.Tensor) -> torch.Tensor:
    """Return the shortest vector that comes near a score of 1 for each of some item vectors."""
    gram = vectors @ vectors.T
    ridge = (_RIDGE * gram.diagonal().mean() + 1e-12) * torch.eye(len(gram))
    weights: torch.Tensor = torch.linalg.solve(gram + ridge, torch.ones(len(gram)))
    return vectors.T @ weights


def shared_lists(found: torch.Tensor, wanted: torch.Tensor, items: torch.Tensor) -> float:
    """Return which part of the first ten two vectors of each user have in common."""
    count = min(_LISTED, len(items))
    lists = [(vectors @ items.T).topk(count).indices.tolist() for vectors in (found, wanted)]
    shared = [len(set(a) & set(b)) / count for a, b in zip(*lists, strict=True)]
    return sum(shared) / len(shared)


def _untrainable(*ignored: Any) -> GivenVectors:
    raise ModelError("Vectors are not trained here: name their file, as in --target vectors:FILE.")


GIVEN_VECTORS = RecommenderKind(
    label="a recommender made elsewhere, known by its vectors",
    config=GivenVectorsConfig(),
    quick=GivenVectorsConfig(),
    train=_untrainable,
    from_files=GivenVectors.from_files,
    read=import_vectors,
)
