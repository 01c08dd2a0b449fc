"""Questions that the model answers in a word: which items decide, what suits a user, what stays without some items."""

from __future__ import annotations

import math
from collections.abc import Sequence

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.histories import History
from recexplainer_core.lm.choices import until_unique
from recexplainer_core.lm.encoding import Encoded
from recexplainer_core.lm.model import AlignedLM
from recexplainer_core.lm.segments import NO, Content
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.prompting import prompts
from recexplainer_core.recommenders.base import Recommender
from recexplainer_core.surrogate.generation import Generation

AT_ONCE = 12
"""Questions for what decides that are answered in one pass; each has as many possible answers as its history items."""


class ShortAnswers(Generation):
    """Answer in a word, for every mode from one model; see `surrogate.base.Surrogate`.

    Args:
        lm: the aligned language model.
        catalogue: the titles that can be said.
        recommender: the target, for its vectors.
        max_wait_s: seconds a caller waits for others before `BusyError`.
    """

    def __init__(
        self, lm: AlignedLM, catalogue: Catalogue, recommender: Recommender, max_wait_s: float
    ) -> None:
        super().__init__(lm, recommender, max_wait_s)
        self.catalogue = catalogue
        self.titles: list[tuple[int, ...]] = [
            self.encoder.answer((Content(title),)) for title in catalogue.titles
        ]
        self.decisive = until_unique(self.titles)
        self._no = self.encoder.answer((NO,))

    def deciding(
        self,
        histories: Sequence[History],
        items: Sequence[int],
        modes: Sequence[AlignmentMode],
        vectors_of: Sequence[History] | None = None,
    ) -> list[dict[int, float]]:
        """Return for each history how the model answers which of its items decide about one item.

        Args:
            histories: n histories.
            items: n items.
            modes: n, how the model is told about each user.
            vectors_of: histories whose vectors fill the user slots; `histories` unless given. Items of either may be
                named.

        Returns:
            For each history the log-probability of naming each of its items first; those of `vectors_of` included.
        """
        vectors_of = vectors_of or histories
        found: list[dict[int, float]] = []
        for start in range(0, len(histories), AT_ONCE):
            batch = slice(start, start + AT_ONCE)
            named = [
                tuple(dict.fromkeys((*own.recent, *other.recent)))
                for own, other in zip(histories[batch], vectors_of[batch], strict=True)
            ]
            asked = [
                self.encoder.prompt(prompts.deciding(self.catalogue, history.recent, item, mode))
                for history, item, mode in zip(histories[batch], items[batch], modes[batch], strict=True)
            ]
            titles = [until_unique([self.titles[item] for item in row]) for row in named]
            scores = self.log_probabilities(asked, titles, vectors_of[batch], modes[batch])
            found += [dict(zip(row, score, strict=True)) for row, score in zip(named, scores, strict=True)]
        return found

    def chances_without(
        self,
        histories: Sequence[History],
        items: Sequence[int],
        removed: Sequence[Sequence[int]],
        modes: Sequence[AlignmentMode],
        vectors_of: Sequence[History] | None = None,
    ) -> list[float]:
        """Return how likely the model holds it that an item stays on the list without some items of a history.

        Args:
            histories: n histories.
            items: n items.
            removed: n collections of history items.
            modes: n, how the model is told about each user.
            vectors_of: see `deciding`.
        """
        asked = [
            self.encoder.prompt(prompts.listed_without(self.catalogue, history.recent, item, without, mode))
            for history, item, without, mode in zip(histories, items, removed, modes, strict=True)
        ]
        return self._chances_of_yes(asked, items, vectors_of or histories, modes)

    def chances_of_interest(
        self, histories: Sequence[History], items: Sequence[int], modes: Sequence[AlignmentMode]
    ) -> list[float]:
        """Return the probability of naming an item as one for the user, against saying no.

        Args:
            histories: n histories.
            items: n items.
            modes: n. The model before alignment is asked in words, as behaviour mode is.
        """
        asked = [
            self.encoder.prompt(prompts.interest(self.catalogue, history.recent, item, asked_as(mode)))
            for history, item, mode in zip(histories, items, modes, strict=True)
        ]
        return self._chances_of_yes(asked, items, histories, modes)

    def _chances_of_yes(
        self,
        asked: Sequence[Encoded],
        items: Sequence[int],
        histories: Sequence[History],
        modes: Sequence[AlignmentMode],
    ) -> list[float]:
        """Return the probability of naming an item, against saying no, in answer to each of n questions."""
        named = [until_unique([self.titles[item], self._no]) for item in items]
        scores = self.log_probabilities(asked, named, histories, modes)
        return [1 / (1 + math.exp(min(no - yes, 700.0))) for yes, no in scores]


def asked_as(mode: AlignmentMode) -> AlignmentMode:
    """Return the form in which a mode is asked: the model before alignment in words, as behaviour mode is."""
    return AlignmentMode.BEHAVIOUR if mode is AlignmentMode.NONE else mode
