"""Questions put to the language model when it is measured: what it prefers, likes, remembers, and says unguarded.

The model before alignment is asked in words, as behaviour mode is.
"""

from __future__ import annotations

from collections.abc import Sequence

from recexplainer_core.histories import History
from recexplainer_core.lm.choices import until_unique
from recexplainer_core.lm.encoding import Encoded
from recexplainer_core.lm.segments import SEPARATOR, Prompt
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.prompting import prompts
from recexplainer_core.surrogate.engine import Engine
from recexplainer_core.surrogate.short_answers import asked_as


class Probes:
    """Ask one mode of an engine's model.

    Args:
        engine: owner of the model.
        mode: the mode that is asked.

    Attributes:
        form: the mode in which a prompt has to name user and items.
    """

    def __init__(self, engine: Engine, mode: AlignmentMode) -> None:
        self.engine, self.mode, self.form = engine, mode, asked_as(mode)
        self.catalogue, self.encoder = engine.catalogue, engine.encoder

    def rank(self, histories: Sequence[History], shown: Sequence[Sequence[int]]) -> list[list[int]]:
        """Return the items shown to each user in the order in which the model would recommend them."""
        asked = [
            self.encoder.prompt(prompts.rank_items(self.catalogue, history.recent, items, self.form))
            for history, items in zip(histories, shown, strict=True)
        ]
        titles = [until_unique([self.engine.titles[item] for item in items]) for items in shown]
        scores = self.engine.log_probabilities(asked, titles, histories, [self.mode] * len(asked))
        return [
            [item for _, item in sorted(zip(row, items, strict=True), key=lambda pair: -pair[0])]
            for row, items in zip(scores, shown, strict=True)
        ]

    def chances_of_interest(self, histories: Sequence[History], items: Sequence[int]) -> list[float]:
        """Return how likely the model holds it that an item suits each user."""
        return self.engine.chances_of_interest(histories, items, [self.mode] * len(items))

    def title_scores(self, histories: Sequence[History], items: Sequence[int]) -> list[float]:
        """Return the log-probability of an item's title as each user's next one."""
        asked = [self.engine.next_item_question(history, self.mode) for history in histories]
        return [score for [score] in self._scores(asked, histories, [[item] for item in items])]

    def scores_of(
        self, questions: Sequence[Prompt], histories: Sequence[History], items: Sequence[Sequence[int]]
    ) -> list[list[float]]:
        """Return the log-probability of each of some titles as the answer to a question.

        Args:
            questions: n questions.
            histories: n, whose vectors fill the user slots.
            items: for each question the items whose titles could answer it.
        """
        return self._scores([self.encoder.prompt(question) for question in questions], histories, items)

    def recall(self, histories: Sequence[History], most: int) -> list[list[int]]:
        """Return the items that the model reads out of each user's vector; the mode has to see vectors."""
        asked = [self.encoder.prompt(prompts.recall_history(self.catalogue))] * len(histories)
        found = self.engine.titles_for(asked, histories, [self.mode] * len(asked), [()] * len(asked), most)
        return [[prediction.item for prediction in row] for row in found]

    def unguarded(self, histories: Sequence[History]) -> list[str]:
        """Return what the model says to the question for the next item when nothing keeps it to titles."""
        asked = [self.engine.next_item_question(history, self.mode) for history in histories]
        room = max(map(len, self.engine.titles)) + len(self.encoder.separator)
        answers = self.engine.write(asked, histories, [self.mode] * len(asked), room)
        texts = [str(self.encoder.tokenizer.decode(answer, skip_special_tokens=True)) for answer in answers]
        if self.mode is AlignmentMode.NONE:  # a list is continued: its next entry is the answer
            texts = [text.partition(SEPARATOR.text.rstrip())[0] for text in texts]
        return texts

    def _scores(
        self, asked: Sequence[Encoded], histories: Sequence[History], items: Sequence[Sequence[int]]
    ) -> list[list[float]]:
        titles = [[self.engine.decisive[item] for item in row] for row in items]
        return self.engine.log_probabilities(asked, titles, histories, [self.mode] * len(asked))
