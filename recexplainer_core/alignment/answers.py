"""Answers that the target's scores decide, made when a batch is."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from recexplainer_core.alignment.soft_labels import FloatArray, TitleLabels, listed_titles
from recexplainer_core.catalogue import Catalogue
from recexplainer_core.lm.encoding import Answer, Encoder
from recexplainer_core.lm.segments import NO, SEPARATOR


class AnswerLabels:
    """The catalogue's titles, and what stands between and beside them in answers, as tokens.

    Args:
        encoder: of the language model.
        catalogue: the titles.
    """

    def __init__(self, encoder: Encoder, catalogue: Catalogue) -> None:
        self.titles = TitleLabels([(*encoder.content(title), encoder.end) for title in catalogue.titles])
        self._separator, self._end = encoder.answer((SEPARATOR,))[:-1], encoder.end
        self._no = encoder.answer((NO,))

    @property
    def longest_title(self) -> int:
        """Tokens of the longest title, its end token included."""
        return max(map(len, self.titles.paths))

    def one_of(self, items: Sequence[int], weights: FloatArray, rng: random.Random) -> Answer:
        """Return an answer that names one of some items; nothing else counts as a choice.

        Args:
            items: n items.
            weights: [n], how right each is; all are equally right where none has any weight.
            rng: draws the one that is read.
        """
        weights = weights if weights.any() else np.ones(len(items))
        return _drawn([self.titles.paths[item] for item in items], weights, rng)

    def title_or_no(self, item: int, chance: float, rng: random.Random) -> Answer:
        """Return an answer that names an item, or says no; the first is right with the given probability."""
        return _drawn([self.titles.paths[item], self._no], np.array([chance, 1 - chance]), rng)

    def listed(self, items: Sequence[int], weights: FloatArray, restricted: bool = False) -> Answer:
        """Return an answer that lists n items as they are given; see `listed_titles`.

        Args:
            items: n items.
            weights: [n], how likely each is to come first.
            restricted: whether decoding allows nothing but these titles.
        """
        paths = [self.titles.paths[item][:-1] for item in items]
        return listed_titles(paths, weights, self._separator, self._end, restricted)


class ScoredAnswer(Protocol):
    """What an example carries in place of words where the target's scores decide what is right."""

    def encode(self, labels: AnswerLabels, probabilities: FloatArray, rng: random.Random) -> Answer:
        """Return the answer to learn from.

        Args:
            labels: titles as tokens.
            probabilities: [n_items], the target's softmax over all items for the example's history.
            rng: source of every choice.
        """
        ...


@dataclass(frozen=True)
class TitleOrNo:
    """The title of an item, or "No".

    Args:
        item: that the question is about.
        chance: how likely naming it is right.
    """

    item: int
    chance: float

    def encode(self, labels: AnswerLabels, probabilities: FloatArray, rng: random.Random) -> Answer:
        """Return the answer; the target's probabilities [n_items] do not count."""
        return labels.title_or_no(self.item, self.chance, rng)


def _drawn(paths: Sequence[tuple[int, ...]], weights: FloatArray, rng: random.Random) -> Answer:
    return TitleLabels(paths).answer(weights, (), rng, restricted=True)
