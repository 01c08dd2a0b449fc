"""What the target makes of an item without some items of a history, asked for once and kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from recexplainer_core.histories import History
from recexplainer_core.rationale.attribution import Attribution, attribute
from recexplainer_core.rationale.coalitions import probabilities_and_ranks
from recexplainer_core.recommenders.base import Recommender


@dataclass(frozen=True)
class Outcome:
    """The item's softmax score, and its rank among all that is unseen, 1 is best."""

    probability: float
    rank: int


@dataclass(eq=False)
class Removals:
    """The target's answers about one item and parts of one history.

    Args:
        recommender: the target.
        history: the user's. What is seen does not count in the ranks.
        item: the explained item.
    """

    recommender: Recommender
    history: History
    item: int
    _known: dict[frozenset[int], Outcome] = field(default_factory=dict)

    def ask(self, removed: Iterable[Collection[int]]) -> list[Outcome]:
        """Return what becomes of the item without each of some sets of items, asked for in one batch."""
        sets = [frozenset(one) & frozenset(self.history.recent) for one in removed]
        new = [one for one in dict.fromkeys(sets) if one not in self._known]
        if new:
            left = [self.history.without(one).recent for one in new]
            vectors = self.recommender.user_vectors(left)
            found = probabilities_and_ranks(self.recommender, vectors, [self.item], self.history.seen)
            for one, probability, rank in zip(new, found[0][:, 0], found[1][:, 0], strict=True):
                self._known[one] = Outcome(float(probability), int(rank))
        return [self._known[one] for one in sets]

    def without(self, items: Collection[int] = ()) -> Outcome:
        """Return what becomes of the item without these, or as things are."""
        [found] = self.ask([items])
        return found

    @cached_property
    def attribution(self) -> Attribution:
        """What each item of the history does for the explained one."""
        [[found]] = attribute(self.recommender, [self.history], [[self.item]])
        return found

    @property
    def strongest(self) -> int | None:
        """The item of the history that speaks for the explained one as no other does; None where none does."""
        found = self.attribution
        if not found.history or found.effects.max() <= 0:
            return None
        return found.history[int(found.effects.argmax())]
