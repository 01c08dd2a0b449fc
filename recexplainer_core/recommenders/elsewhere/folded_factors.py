"""Factors of alternating least squares from elsewhere: folded in by the formula, exact for the users who are known.

The formula gives the trained users nearly their own vectors where all of a history counts, and others where only its
last items do. What it gets wrong of them is put right (`known_users`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import torch

from recexplainer_core.histories import Histories
from recexplainer_core.recommenders.given_vectors import shared_lists
from recexplainer_core.recommenders.known_users import KnownUsers
from recexplainer_core.recommenders.matrix_factorization import (
    MatrixFactorization,
    MatrixFactorizationConfig,
)
from recexplainer_core.recommenders.spread import usual_scale
from recexplainer_core.recommenders.storage import (
    CatalogueSize,
    Tensors,
    check_tensors,
    parse_config,
    write_model,
)

_MEASURED = 200


@dataclass(frozen=True)
class FoldedFactorsConfig(MatrixFactorizationConfig):
    """Settings of the factorisation, and of what is done with its vectors."""

    scale: float = 1.0
    """What user vectors are multiplied by, so that scores differ as much as those of the targets trained here."""
    reproduced: float = 0.0
    """Part of the first ten that the formula alone keeps for known users."""


class FoldedFactors(MatrixFactorization):
    """Item factors, the closed form, and the users whose own vectors are known.

    Args:
        item_vectors: [n, d].
        config: settings.
        known: users whose own vectors are known.
    """

    config: FoldedFactorsConfig

    def __init__(
        self, item_vectors: torch.Tensor, config: FoldedFactorsConfig, known: KnownUsers | None = None
    ) -> None:
        super().__init__(item_vectors, config)
        self._known = known

    @property
    def reproduced(self) -> float | None:
        """Which part of the first ten the formula alone keeps for known users; None where none are known."""
        return None if self._known is None else self.config.reproduced

    def user_vectors(self, histories: Sequence[Sequence[int]]) -> torch.Tensor:
        """Return [batch, d]; only the last `max_history` items count; an empty history is zero.

        Raises:
            ModelError: a history holds an item the recommender does not know.
        """
        found = super().user_vectors(histories)
        if self._known is not None:
            found = found + self._known.correct([history[-self.max_history :] for history in histories])
        return found * self.config.scale

    def save(self, folder: Path) -> None:
        """Write config.json and model.safetensors."""
        known = {} if self._known is None else self._known.tensors()
        config = {"n_items": len(self.item_vectors), **asdict(self.config)}
        write_model(folder, "implicit", config, {"item_vectors": self.item_vectors, **known})

    @classmethod
    def from_files(cls, folder: Path, values: dict[str, Any], tensors: Tensors) -> FoldedFactors:
        """Build from the content of the two files.

        Raises:
            ModelError: they do not fit together.
        """
        config = parse_config(FoldedFactorsConfig, folder, values)
        n_items = parse_config(CatalogueSize, folder, values).n_items
        known = KnownUsers.read(folder, tensors, n_items, config.dimension)
        expected = torch.empty(n_items, config.dimension, device="meta")
        check_tensors(folder, {"item_vectors": expected}, tensors)
        return cls(tensors["item_vectors"], config, known)


def fold_in(
    item_vectors: torch.Tensor,
    own: Mapping[str, torch.Tensor],
    histories: Histories,
    config: FoldedFactorsConfig,
) -> FoldedFactors:
    """Make a target of factors.

    Args:
        item_vectors: [n, d], of the catalogue.
        own: user id -> vector [d].
        histories: of the users, of whom those in `own` are known.
        config: settings of the factorisation.
    """
    users = [user for user, name in enumerate(histories.user_ids) if name in own]
    formula = FoldedFactors(item_vectors, config)
    known = None
    if users:
        told = [[int(item) for item in histories[user]][-config.max_history :] for user in users]
        folded, wanted = (
            formula.user_vectors(told),
            torch.stack([own[histories.user_ids[user]] for user in users]),
        )
        known = KnownUsers.of(told, wanted - folded, len(item_vectors))
        sample = slice(0, None, max(1, len(users) // _MEASURED))
        kept = shared_lists(folded[sample], wanted[sample], item_vectors)
        config = replace(config, reproduced=round(kept, 4))
    target = FoldedFactors(item_vectors, config, known)
    return FoldedFactors(item_vectors, replace(config, scale=usual_scale(target, histories)), known)
