"""Questions that the model answers in a word: which items decide, and whether an item would stay without them.

Its reasons in longer sentences are held to these answers (see `own_answer`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.recommenders.base import Recommender
from recexplainer_core.surrogate import prompts
from recexplainer_core.surrogate.brief import RECOMMENDED
from recexplainer_core.surrogate.encoding import Encoded
from recexplainer_core.surrogate.generation import Generation
from recexplainer_core.surrogate.model import AlignedLM
from recexplainer_core.surrogate.modes import AlignmentMode
from recexplainer_core.surrogate.no_reason import HOPELESS
from recexplainer_core.surrogate.own_answer import OwnAnswer
from recexplainer_core.surrogate.segments import NO
from recexplainer_core.surrogate.shared_facts import frequencies

AT_ONCE = 12
"""Questions for what decides that are answered in one pass; each has as many possible answers as its history items."""

History = Sequence[int]


class ShortAnswers(Generation):
    """Answer in a word, for every mode from one model.

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
        self.titles = [(*self.encoder.content(title), self.encoder.end) for title in catalogue.titles]
        self._no = self.encoder.answer((NO,))
        self._frequency = frequencies(catalogue)

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
        recent, other = self.recent(histories), self.recent(vectors_of or histories)
        found: list[dict[int, float]] = []
        for start in range(0, len(recent), AT_ONCE):
            batch = slice(start, start + AT_ONCE)
            named = [
                tuple(dict.fromkeys((*own, *also)))
                for own, also in zip(recent[batch], other[batch], strict=True)
            ]
            asked = [
                self.encoder.prompt(prompts.deciding(self.catalogue, history, item, mode))
                for history, item, mode in zip(recent[batch], items[batch], modes[batch], strict=True)
            ]
            titles = [
                [self.encoder.content(prompts.cited_title(self.catalogue, i)) for i in row] for row in named
            ]
            scores = self.log_probabilities(asked, titles, other[batch], modes[batch])
            found += [dict(zip(row, score, strict=True)) for row, score in zip(named, scores, strict=True)]
        return found

    def listed_without(
        self,
        histories: Sequence[History],
        items: Sequence[int],
        gone: Sequence[Sequence[int]],
        modes: Sequence[AlignmentMode],
        vectors_of: Sequence[History] | None = None,
    ) -> list[float]:
        """Return how likely the model holds it that an item stays on the list without some items of a history.

        Args:
            histories: n histories.
            items: n items.
            gone: n collections of history items.
            modes: n, how the model is told about each user.
            vectors_of: see `deciding`.
        """
        recent, other = self.recent(histories), self.recent(vectors_of or histories)
        asked = [
            self.encoder.prompt(prompts.listed_without(self.catalogue, history, item, without, mode))
            for history, item, without, mode in zip(recent, items, gone, modes, strict=True)
        ]
        return self.chances_of_yes(asked, items, other, modes)

    def chances_of_yes(
        self,
        asked: Sequence[Encoded],
        items: Sequence[int],
        histories: Sequence[History],
        modes: Sequence[AlignmentMode],
    ) -> list[float]:
        """Return the probability of naming an item, against saying no, in answer to each of n questions.

        Args:
            asked: n encoded questions.
            items: n items.
            histories: n, whose vectors fill the user slots.
            modes: n.
        """
        said = [self._until_they_part(self.titles[item]) for item in items]
        scores = self.log_probabilities(asked, said, histories, modes)
        return [1 / (1 + math.exp(min(no - yes, 700.0))) for yes, no in scores]

    def own_answers(
        self,
        histories: Sequence[History],
        items: Sequence[int],
        modes: Sequence[AlignmentMode],
        verdicts: Sequence[str],
        vectors_of: Sequence[History],
    ) -> list[OwnAnswer]:
        """Return what the model itself holds of the reasons for each item, for longer answers to be held to."""
        named = self.deciding(histories, items, modes, vectors_of)
        owns = [
            OwnAnswer.of(self.catalogue, self._frequency, item, one)
            for item, one in zip(items, named, strict=True)
        ]
        rows = [row for row, verdict in enumerate(verdicts) if verdict in RECOMMENDED and owns[row].brief]
        chances = self.listed_without(
            [histories[row] for row in rows],
            [items[row] for row in rows],
            [owns[row].named for row in rows],
            [modes[row] for row in rows],
            [vectors_of[row] for row in rows],
        )
        for row, chance in zip(rows, chances, strict=True):
            owns[row] = owns[row].on_removal("robust" if chance >= 0.5 else "needed")
        return [
            replace(own, brief=None) if verdict == HOPELESS else own
            for own, verdict in zip(owns, verdicts, strict=True)
        ]

    def recent(self, histories: Sequence[History]) -> list[tuple[int, ...]]:
        """Return what counts of some histories: the last items, as far as the target looks back."""
        return [tuple(history)[-self.recommender.max_history :] for history in histories]

    def _until_they_part(self, title: Sequence[int]) -> tuple[Sequence[int], Sequence[int]]:
        """Return a title and "No" up to the first token in which they differ: nothing is left to choose behind it."""
        pairs = zip(title, self._no, strict=False)
        place = next((n for n, (ours, theirs) in enumerate(pairs) if ours != theirs), len(self._no) - 1)
        return title[: place + 1], self._no[: place + 1]
