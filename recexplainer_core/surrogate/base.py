"""What the rest of the project may ask of a surrogate, whoever fulfils it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.histories import History
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.recommenders.base import Recommender


@dataclass(frozen=True)
class Prediction:
    """An item and the log-probability that the language model gives its title."""

    item: int
    log_probability: float


class Surrogate(Protocol):
    """A language model that predicts and speaks for a target, in several modes.

    Every method raises `UnknownNameError` for a mode the model was not aligned in, and `BusyError` when the wait for
    other callers gets too long.
    """

    catalogue: Catalogue
    """What can be said."""
    recommender: Recommender
    """The target, for its vectors."""
    modes: tuple[AlignmentMode, ...]
    """The modes that can be asked, `none` among them."""

    def predict(
        self, histories: Sequence[History], modes: Sequence[AlignmentMode], k: int = 10
    ) -> list[list[Prediction]]:
        """Return the k most probable unseen items for each of n (history, mode) pairs, best first."""
        ...

    def chances_of_interest(
        self, histories: Sequence[History], items: Sequence[int], modes: Sequence[AlignmentMode]
    ) -> list[float]:
        """Return for each of n histories how likely the model holds it that an item suits the user."""
        ...

    def deciding(
        self,
        histories: Sequence[History],
        items: Sequence[int],
        modes: Sequence[AlignmentMode],
        vectors_of: Sequence[History] | None = None,
    ) -> list[dict[int, float]]:
        """Return for each of n histories the log-probability of naming each of its items first among what decides.

        `vectors_of` are histories whose vectors fill the user slots, `histories` unless given; their items may be
        named as well.
        """
        ...

    def chances_without(
        self,
        histories: Sequence[History],
        items: Sequence[int],
        removed: Sequence[Sequence[int]],
        modes: Sequence[AlignmentMode],
        vectors_of: Sequence[History] | None = None,
    ) -> list[float]:
        """Return how likely the model holds it that an item stays on the list without some items of a history."""
        ...

    def answer(
        self,
        history: History,
        text: str,
        mode: AlignmentMode,
        item: int | None = None,
        cancel: threading.Event | None = None,
        temperature: float = 0.0,
    ) -> Iterator[str]:
        """Yield the answer to a free question, piece by piece; nothing guards what is said."""
        ...
