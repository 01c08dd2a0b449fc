"""The surrogate that runs here: one aligned language model, its titles and its target."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.decoding.title_trie import OnlyTitles, TitleTrie
from recexplainer_core.histories import History
from recexplainer_core.lm.encoding import Encoded
from recexplainer_core.lm.model import AlignedLM
from recexplainer_core.lm.segments import SEPARATOR
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.prompting import prompts
from recexplainer_core.recommenders.base import Recommender
from recexplainer_core.surrogate.base import Prediction
from recexplainer_core.surrogate.short_answers import ShortAnswers

SPARE_BEAMS = 4
"""Beams beyond k, so that titles which start alike do not push each other out of the list."""
LONGEST_ANSWER = 80
"""Tokens after which the answer to a free question is cut off."""
IMPOSSIBLE = -1e8
"""Log-probability below which a returned beam is padding, not a title."""


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
        self._separator = self.encoder.content(SEPARATOR.text)[0]

    def predict(
        self,
        histories: Sequence[History],
        modes: Sequence[AlignmentMode],
        k: int = 10,
    ) -> list[list[Prediction]]:
        """Return the k most probable titles for each (history, mode) pair, best first, none of them seen.

        All pairs are answered from one mixed-adapter batch of the same beam search.

        Args:
            histories: n histories.
            modes: n modes.
            k: length of each list; shorter where fewer titles are left.

        Raises:
            UnknownNameError: a mode the model was not aligned in.
            BusyError: the wait for other callers got too long.
        """
        self._check(modes)
        with self._turn():
            return self._search(histories, modes, k)

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

    def _search(
        self,
        histories: Sequence[History],
        modes: Sequence[AlignmentMode],
        k: int,
    ) -> list[list[Prediction]]:
        excluded = [history.seen for history in histories]
        encoded = [self.next_item_question(h, mode) for h, mode in zip(histories, modes, strict=True)]
        kept = min(k, max(1, len(self.catalogue) - min(map(len, excluded))))
        beams = kept + SPARE_BEAMS
        end = self.encoder.end
        ends = [self._separator if mode is AlignmentMode.NONE else end for mode in modes]
        output = self._generate(
            self._inputs(encoded, histories, modes),
            modes,
            max_new_tokens=self.title_trie.depth,
            num_beams=beams,
            num_return_sequences=kept,
            length_penalty=0.0,
            logits_processor=[OnlyTitles(self.title_trie, excluded, beams, end, ends)],
        )
        rows: list[list[Prediction]] = [[] for _ in histories]
        for place, (generated, score) in enumerate(
            zip(output.sequences.tolist(), output.sequences_scores.tolist(), strict=True)
        ):
            title = self._title(generated)
            if title is not None and score > IMPOSSIBLE:
                rows[place // kept].append(Prediction(title, score))
        return rows

    def next_item_question(self, history: History, mode: AlignmentMode) -> Encoded:
        """Return the question for the next item as a mode is asked it: before alignment, a list to continue."""
        prompt = prompts.next_item(self.catalogue, history.recent, mode)
        if mode is AlignmentMode.NONE:
            return self.encoder.text_to_continue(prompt)
        return self.encoder.prompt(prompt)

    def _title(self, generated: Sequence[int]) -> int | None:
        end = self.encoder.end
        leaf = self.title_trie.walk(generated[: generated.index(end) + 1]) if end in generated else None
        return self.title_trie.title_at.get(leaf) if leaf is not None else None
