"""The surrogate that runs here: one aligned language model, its titles and its target."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Sequence

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.decoding.title_search import find_titles
from recexplainer_core.decoding.title_trie import TitleTrie
from recexplainer_core.histories import History
from recexplainer_core.lm.encoding import Encoded
from recexplainer_core.lm.model import AlignedLM
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.prompting import prompts
from recexplainer_core.recommenders.base import Recommender
from recexplainer_core.surrogate.base import Prediction
from recexplainer_core.surrogate.short_answers import ShortAnswers
from recexplainer_core.surrogate.token_trees import TokenTrees

SPARE_BEAMS = 4
"""Beams beyond k, so that titles which start alike do not push each other out of the list."""
LONGEST_ANSWER = 80
"""Tokens after which the answer to a free question is cut off."""


class Engine(ShortAnswers):
    """Answer questions about users, for every mode from one model.

    Args:
        lm: the aligned language model.
        catalogue: the titles that can be said.
        recommender: the target, for its vectors.
        max_wait_s: seconds a caller waits for others before `BusyError`.
    """

    def __init__(
        self, lm: AlignedLM, catalogue: Catalogue, recommender: Recommender, max_wait_s: float = 20.0
    ) -> None:
        super().__init__(lm, catalogue, recommender, max_wait_s)
        self.title_trie = TitleTrie(self.titles)
        self._listed_trie = TitleTrie([self.encoder.listed(title) for title in catalogue.titles])

    def predict(
        self,
        histories: Sequence[History],
        modes: Sequence[AlignmentMode],
        k: int = 10,
    ) -> list[list[Prediction]]:
        """Return the k most probable titles for each (history, mode) pair, best first, none of them seen.

        All pairs are answered from one batch of the same beam search.

        Args:
            histories: n histories.
            modes: n modes.
            k: length of each list; shorter where fewer titles are left.

        Raises:
            UnknownNameError: a mode the model was not aligned in.
            BusyError: the wait for other callers got too long.
        """
        asked = [self.next_item_question(h, mode) for h, mode in zip(histories, modes, strict=True)]
        return self.titles_for(asked, histories, modes, [history.seen for history in histories], k)

    def answer(
        self,
        history: History,
        text: str,
        mode: AlignmentMode,
        item: int | None = None,
        cancel: threading.Event | None = None,
        temperature: float = 0.0,
    ) -> Iterator[str]:
        """Yield the answer to a free question, piece by piece as it is written; nothing guards what is said.

        Args:
            history: the user's.
            text: the question as somebody typed it.
            mode: how the model is told about users and items.
            item: what the question is about; about the user where it is None.
            cancel: set it to stop the writing at the next token.
            temperature: 0 for the most probable words, above it for other wordings.

        Raises:
            UnknownNameError: a mode the model was not aligned in.
            BusyError: the wait for other callers got too long.
        """
        asked = self.encoder.prompt(prompts.free_question(self.catalogue, history.recent, text, mode, item))
        yield from self.stream(asked, history, mode, LONGEST_ANSWER, (), cancel, temperature)

    def titles_for(
        self,
        asked: Sequence[Encoded],
        histories: Sequence[History],
        modes: Sequence[AlignmentMode],
        excluded: Sequence[Collection[int]],
        k: int,
    ) -> list[list[Prediction]]:
        """Return for each of n questions the k titles that answer it most probably, best first.

        Args:
            asked: n encoded questions.
            histories: n, whose vectors fill the user slots.
            modes: n. The model before alignment goes on with a list, the others answer.
            excluded: n, items that are no answer.
            k: length of each list; shorter where fewer titles are left.
        """
        self._check(modes)
        tries = [self._listed_trie if mode is AlignmentMode.NONE else self.title_trie for mode in modes]
        with self._turn():
            trees = TokenTrees(self.lm, self._inputs(asked, histories, modes), modes, self.stems)
            found = find_titles(trees.logits, trees.grow, tries, excluded, k, k + SPARE_BEAMS)
        return [[Prediction(title, score) for title, score in row] for row in found]

    def next_item_question(self, history: History, mode: AlignmentMode) -> Encoded:
        """Return the question for the next item as a mode is asked it: before alignment, a list to continue."""
        prompt = prompts.next_item(self.catalogue, history.recent, mode)
        if mode is AlignmentMode.NONE:
            return self.encoder.text_to_continue(prompt)
        return self.encoder.prompt(prompt)
