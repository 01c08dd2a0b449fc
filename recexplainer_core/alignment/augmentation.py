"""Edited histories: the target answers any history, so more of them cost nothing to label."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np

from recexplainer_core.histories import Histories, IntArray

WHOLE_WINDOW = 0.8
"""Share of sampled histories that are as long as the target looks back, as most are at run time."""


class HistorySampler:
    """Draw real and edited stretches of the training users' histories.

    Args:
        histories: everybody's histories.
        users: the training users; nobody else's items are looked at.
        max_history: how far the target looks back.
        edited: share of the samples that are edited.
        rng: source of every choice.
    """

    def __init__(
        self, histories: Histories, users: IntArray, max_history: int, edited: float, rng: random.Random
    ) -> None:
        self.histories, self.max_history, self.edited, self.rng = histories, max_history, edited, rng
        self.users = [int(u) for u in users]
        self.weights = np.cumsum([len(histories[u]) for u in self.users]).tolist()
        self.pool = np.concatenate([histories[u] for u in self.users])

    def draw(self) -> tuple[int, ...]:
        """Return one history of at most `max_history` items, oldest first, without repeats added by an edit."""
        history = self._stretch()
        if self.rng.random() < self.edited:
            history = self.rng.choice((self._drop, self._swap, self._insert, self._reorder, self._splice))(
                history
            )
        return tuple(dict.fromkeys(history))[-self.max_history :]

    def _stretch(self) -> list[int]:
        user = self.rng.choices(self.users, cum_weights=self.weights)[0]
        items = self.histories[user]
        length = self.max_history
        if self.rng.random() > WHOLE_WINDOW:
            length = self.rng.randint(1, self.max_history)
        end = self.rng.randint(min(length, len(items)), len(items))
        return [int(i) for i in items[max(0, end - length) : end]]

    def _drop(self, history: list[int]) -> list[int]:
        dropped = set(self.rng.sample(range(len(history)), min(len(history) - 1, self.rng.randint(1, 3))))
        return [item for place, item in enumerate(history) if place not in dropped]

    def _swap(self, history: list[int]) -> list[int]:
        for place in self.rng.sample(range(len(history)), min(len(history), self.rng.randint(1, 3))):
            history[place] = self._any_item()
        return history

    def _insert(self, history: list[int]) -> list[int]:
        for _ in range(self.rng.randint(1, 3)):
            history.insert(self.rng.randint(0, len(history)), self._any_item())
        return history

    def _reorder(self, history: list[int]) -> list[int]:
        return self.rng.sample(history, len(history))

    def _splice(self, history: list[int]) -> list[int]:
        other: Sequence[int] = self._stretch()
        cut = self.rng.randint(0, min(len(history), len(other)))
        return [*history[:cut], *other[cut:]]

    def _any_item(self) -> int:
        return int(self.pool[self.rng.randrange(len(self.pool))])
