"""What a conversation is about: one user, one explained item, and all that can be asked about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import torch

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.histories import History
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.prose.filling import listed as joined
from recexplainer_core.rationale.explainer import Explainer
from recexplainer_core.rationale.removals import Removals
from recexplainer_core.recommenders.base import Recommender, mask_seen

LISTED = 10
"""Length of both lists."""


@dataclass(eq=False)
class Context:
    """One user and item, and whom to ask.

    Args:
        explainer: the surrogate, and who words its reasons.
        history: the user's.
        item: the explained item.
        mode: in which the surrogate is asked.
        popularity: how many histories hold each item; empty where nobody counted.
        figures: what was measured of the mode, by name: "acc@1", "hr@5", "wholly_true", "wholly_true, verified".
        target: name of the kind of recommender.
        users: how many histories there are.
    """

    explainer: Explainer
    history: History
    item: int
    mode: AlignmentMode
    popularity: Sequence[int] = ()
    figures: Mapping[str, float] = field(default_factory=dict)
    target: str = ""
    users: int = 0

    @property
    def catalogue(self) -> Catalogue:
        """The items."""
        return self.explainer.catalogue

    @property
    def recommender(self) -> Recommender:
        """The target."""
        return self.explainer.surrogate.recommender

    @cached_property
    def order(self) -> list[int]:
        """All unseen items as the target ranks them, best first."""
        with torch.inference_mode():
            scores = self.recommender.scores(self.recommender.user_vectors([self.history.recent]))
        scores = mask_seen(scores, [self.history.seen])[0]
        ranked: list[int] = scores.argsort(descending=True).tolist()
        return ranked[: len(ranked) - len(self.history.seen)]

    @cached_property
    def listed(self) -> list[int]:
        """The surrogate's own list, best first."""
        [found] = self.explainer.surrogate.predict([self.history], [self.mode], LISTED)
        return [one.item for one in found]

    def removals(self, item: int) -> Removals:
        """Return whom to ask about an item without parts of the history."""
        return Removals(self.recommender, self.history, item)

    def place(self, item: int) -> int | None:
        """Return an item's place in the target's order, 1 is best; None where it is seen."""
        return self.order.index(item) + 1 if item not in self.history.seen else None

    def named(self, items: Sequence[int]) -> str:
        """Return titles as "«A», «B» and «C»"."""
        return joined([f"«{self.catalogue.titles[item]}»" for item in items])


def times(count: int, word: str, words: str) -> str:
    """Return "one film" or "3 films"."""
    return f"one {word}" if count == 1 else f"{count} {words}"
