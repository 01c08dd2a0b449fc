"""Answers that the target's scores decide, made when a batch is."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from recexplainer_core.alignment.soft_labels import FloatArray, TitleLabels, listed_titles
from recexplainer_core.catalogue import Catalogue
from recexplainer_core.lm.encoding import Answer, Encoder
from recexplainer_core.lm.segments import NO, Content


class AnswerLabels:
    """The catalogue's titles, and what stands between and beside them in answers, as tokens.

    Args:
        encoder: of the language model.
        catalogue: the titles.
        said_whole: share of the answers that are said to their end: whole titles, and all that are asked for. The
            others stop at the token that decides which title is named first.
    """

    def __init__(self, encoder: Encoder, catalogue: Catalogue, said_whole: float = 1.0) -> None:
        self.titles = TitleLabels([encoder.answer((Content(title),)) for title in catalogue.titles])
        self.said_whole = said_whole
        self._end = encoder.end
        self._encoder, self._catalogue = encoder, catalogue
        self._in_list = [encoder.in_list(title) for title in catalogue.titles]
        self._separator = encoder.separator
        self._no = encoder.answer((NO,))

    @cached_property
    def _listed(self) -> TitleLabels:
        return TitleLabels([self._encoder.listed(title) for title in self._catalogue.titles])

    @property
    def longest_title(self) -> int:
        """Tokens of the longest title, its end token included."""
        return max(map(len, self.titles.paths))

    def says_all(self, rng: random.Random) -> bool:
        """Return whether an answer is said to its end."""
        return self.said_whole >= 1 or rng.random() < self.said_whole

    def any_unseen(self, seen: Collection[int], probabilities: FloatArray, rng: random.Random) -> Answer:
        """Return an answer that names any item of the catalogue but some.

        Args:
            seen: items that it must not name.
            probabilities: [n_items], how right each is.
            rng: draws the one that is read.
        """
        return self.titles.answer(probabilities, seen, rng, whole=self.says_all(rng))

    def next_of_list(self, seen: Collection[int], probabilities: FloatArray, rng: random.Random) -> Answer:
        """Return the token with which a list goes on to any item but some; arguments as in `any_unseen`."""
        return self._listed.answer(probabilities, seen, rng, longest=1)

    def one_of(self, items: Sequence[int], weights: FloatArray, rng: random.Random) -> Answer:
        """Return an answer that names one of some items; nothing else counts as a choice.

        Args:
            items: n items.
            weights: [n], how right each is; all are equally right where none has any weight.
            rng: draws the one that is read.
        """
        weights = weights if weights.any() else np.ones(len(items))
        return self._drawn([self.titles.paths[item] for item in items], weights, rng)

    def title_or_no(self, item: int, chance: float, rng: random.Random) -> Answer:
        """Return an answer that names an item, or says no; the first is right with the given probability."""
        return self._drawn([self.titles.paths[item], self._no], np.array([chance, 1 - chance]), rng)

    def listed(self, items: Sequence[int], weights: FloatArray, restricted: bool = False) -> Answer:
        """Return an answer that lists n items as they are given; see `listed_titles`.

        Args:
            items: n items.
            weights: [n], how likely each is to come first.
            restricted: whether decoding allows nothing but these titles.
        """
        first = [self.titles.paths[item][:-1] for item in items]
        later = [self._in_list[item] for item in items]
        return listed_titles(first, later, weights, self._separator, self._end, restricted)

    def _drawn(self, paths: Sequence[tuple[int, ...]], weights: FloatArray, rng: random.Random) -> Answer:
        return TitleLabels(paths).answer(weights, (), rng, restricted=True, whole=self.says_all(rng))


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


@dataclass(frozen=True)
class OneOf:
    """The title of one of some items.

    Args:
        items: n items.
        weights: n, how right each is.
    """

    items: tuple[int, ...]
    weights: tuple[float, ...]

    def encode(self, labels: AnswerLabels, probabilities: FloatArray, rng: random.Random) -> Answer:
        """Return the answer; the target's probabilities [n_items] do not count."""
        return labels.one_of(self.items, np.array(self.weights), rng)
