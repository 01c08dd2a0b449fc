"""What can be asked of the language model about a user: what comes next, and why."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from transformers import LogitsProcessor

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.recommenders.base import Recommender
from recexplainer_core.surrogate import prompts
from recexplainer_core.surrogate.citation_marks import Marks
from recexplainer_core.surrogate.encoding import Encoded
from recexplainer_core.surrogate.model import AlignedLM
from recexplainer_core.surrogate.modes import AlignmentMode
from recexplainer_core.surrogate.no_reason import HOPELESS, no_reason_guard, tail_guard
from recexplainer_core.surrogate.own_answer import OwnAnswer
from recexplainer_core.surrogate.reason_guard import EachRow, reason_guards
from recexplainer_core.surrogate.segments import SEPARATOR
from recexplainer_core.surrogate.short_answers import ShortAnswers
from recexplainer_core.surrogate.title_trie import OnlyTitles, TitleTrie

SPARE_BEAMS = 4
"""Beams beyond k, so that titles which start alike do not push each other out of the list."""
LONGEST_REASON = 120
"""Tokens after which a reason is cut off."""
LONGEST_ANSWER = 80
"""Tokens after which the answer to a free question is cut off."""
IMPOSSIBLE = -1e8
"""Log-probability below which a returned beam is padding, not a title."""


@dataclass(frozen=True)
class Prediction:
    """An item and the log-probability that the language model gives its title."""

    item: int
    log_probability: float


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
        self._marks = Marks.of(lm.tokenizer)
        self._no_reason_guard = no_reason_guard(catalogue, self.encoder)
        self._tail_guard = tail_guard(self.encoder)

    def predict(
        self,
        histories: Sequence[Sequence[int]],
        modes: Sequence[AlignmentMode],
        k: int = 10,
        seen: Sequence[Collection[int]] | None = None,
    ) -> list[list[Prediction]]:
        """Return the k most probable titles for each (history, mode) pair, best first, none of them seen.

        All pairs are answered from one mixed-adapter batch of the same beam search.

        Args:
            histories: n histories; the last `max_history` items count.
            modes: n modes.
            k: length of each list; shorter where fewer titles are left.
            seen: n collections of items not to be predicted; the histories themselves unless given.

        Raises:
            UnknownNameError: a mode the model was not aligned in.
            BusyError: the wait for other callers got too long.
        """
        self._check(modes)
        excluded = [frozenset(s) for s in (seen if seen is not None else histories)]
        with self._turn():
            return self._search(histories, modes, k, excluded)

    def explain(
        self,
        history: Sequence[int],
        item: int,
        mode: AlignmentMode,
        verdict: str,
        cancel: threading.Event | None = None,
        temperature: float = 0.0,
    ) -> Iterator[str]:
        """Yield the reason why one item is, or is not, recommended, piece by piece as it is written.

        Citations stand between « and » and can only be titles of the history, or the item's own, each once; a
        remark in brackets behind one can only name what, by the catalogue, it shares with the item. Which ones, and
        how many, is held to `own_answers`. That nothing speaks for the item can only be said of an unlikely one.

        Args:
            history: the user's items, oldest first.
            item: the item.
            mode: how the model is told about the user.
            verdict: the model's own, see `verdict.own_verdicts`; the question takes it for granted.
            cancel: set it to stop the writing at the next token.
            temperature: 0 for the most probable words, above it for other wordings.

        Raises:
            UnknownNameError: a mode the model was not aligned in.
            BusyError: the wait for other callers got too long.
        """
        [recent] = self.recent([history])
        [asked], [guards] = self._held_to_own_answers([recent], [item], [mode], [verdict], [recent])
        yield from self.stream(asked, recent, mode, LONGEST_REASON, guards, cancel, temperature)

    def contrast(
        self,
        history: Sequence[int],
        item: int,
        other: int,
        mode: AlignmentMode,
        verdict: str,
        cancel: threading.Event | None = None,
        temperature: float = 0.0,
    ) -> Iterator[str]:
        """Yield the reason why one item comes before, or after, another one, piece by piece as it is written.

        It is guarded as `explain` guards, and held to what the model answers of both items; both can be cited, and a
        remark names what a title shares with the one of them that comes first.

        Args:
            history: the user's items, oldest first.
            item: the item that is asked about.
            other: the item it is compared with.
            mode: how the model is told about the user.
            verdict: "before" or "after", the model's own, see `verdict.own_order`.
            cancel: set it to stop the writing at the next token.
            temperature: 0 for the most probable words, above it for other wordings.

        Raises:
            UnknownNameError: a mode the model was not aligned in.
            BusyError: the wait for other callers got too long.
        """
        [recent] = self.recent([history])
        asked = self.encoder.prompt(prompts.contrast(self.catalogue, recent, item, other, mode, verdict))
        first, second = (item, other) if verdict == "before" else (other, item)
        named, named_for_other = self.deciding([recent] * 2, [first, second], [mode] * 2)
        own = OwnAnswer.of_two(self.catalogue, self._frequency, first, named, named_for_other)
        guards = reason_guards(self.catalogue, self.encoder, self._marks, recent, first, own, second)
        yield from self.stream(asked, recent, mode, LONGEST_REASON, guards, cancel, temperature)

    def ask(
        self,
        history: Sequence[int],
        text: str,
        mode: AlignmentMode,
        item: int | None = None,
        cancel: threading.Event | None = None,
        temperature: float = 0.0,
    ) -> Iterator[str]:
        """Yield the answer to a free question, piece by piece as it is written; nothing guards what is said.

        Args:
            history: the user's items, oldest first.
            text: the question as somebody typed it.
            mode: how the model is told about users and items.
            item: what the question is about; about the user where it is None.
            cancel: set it to stop the writing at the next token.
            temperature: 0 for the most probable words, above it for other wordings.

        Raises:
            UnknownNameError: a mode the model was not aligned in.
            BusyError: the wait for other callers got too long.
        """
        [recent] = self.recent([history])
        asked = self.encoder.prompt(prompts.free_question(self.catalogue, recent, text, mode, item))
        yield from self.stream(asked, recent, mode, LONGEST_ANSWER, (), cancel, temperature)

    def explain_all(
        self,
        histories: Sequence[Sequence[int]],
        items: Sequence[int],
        modes: Sequence[AlignmentMode],
        verdicts: Sequence[str],
        vectors_of: Sequence[Sequence[int]] | None = None,
    ) -> list[str]:
        """Return the most probable reasons for one item of each history, guarded as `explain` guards them.

        Args:
            histories: n histories.
            items: n items.
            modes: n, how the model is told about each user.
            verdicts: n verdicts, see `explain`.
            vectors_of: histories whose vectors fill the user slots; `histories` unless given. Items of either may
                be cited.
        """
        recent, other = self.recent(histories), self.recent(vectors_of or histories)
        asked, guards = self._held_to_own_answers(recent, items, modes, verdicts, other)
        written = self.write(asked, other, modes, LONGEST_REASON, EachRow(guards))
        return [str(text) for text in self.lm.tokenizer.batch_decode(written, skip_special_tokens=True)]

    def _held_to_own_answers(
        self,
        recent: Sequence[tuple[int, ...]],
        items: Sequence[int],
        modes: Sequence[AlignmentMode],
        verdicts: Sequence[str],
        vectors_of: Sequence[tuple[int, ...]],
    ) -> tuple[list[Encoded], list[list[LogitsProcessor]]]:
        """Return the question for each reason, and what guards its answer."""
        owns = self.own_answers(recent, items, modes, verdicts, vectors_of)
        asked = [
            self.encoder.prompt(
                prompts.rationale(self.catalogue, history, item, mode, verdict, brief=own.brief)
            )
            for history, item, mode, verdict, own in zip(recent, items, modes, verdicts, owns, strict=True)
        ]
        guards = [
            self._guards(item, verdict, own) for item, verdict, own in zip(items, verdicts, owns, strict=True)
        ]
        return asked, guards

    def _guards(self, item: int, verdict: str, own: OwnAnswer) -> list[LogitsProcessor]:
        guards = reason_guards(self.catalogue, self.encoder, self._marks, tuple(own.titles), item, own)
        guards = [*guards, self._tail_guard]
        return guards if verdict == HOPELESS else [*guards, self._no_reason_guard]

    def _search(
        self,
        histories: Sequence[Sequence[int]],
        modes: Sequence[AlignmentMode],
        k: int,
        excluded: Sequence[Collection[int]],
    ) -> list[list[Prediction]]:
        recent = self.recent(histories)
        encoded = [self.next_item_question(h, mode) for h, mode in zip(recent, modes, strict=True)]
        kept = min(k, max(1, len(self.catalogue) - min(map(len, excluded))))
        beams = kept + SPARE_BEAMS
        end = self.encoder.end
        ends = [self._separator if mode is AlignmentMode.NONE else end for mode in modes]
        output = self._generate(
            self._inputs(encoded, recent, modes),
            modes,
            max_new_tokens=self.title_trie.depth,
            num_beams=beams,
            num_return_sequences=kept,
            length_penalty=0.0,
            logits_processor=[OnlyTitles(self.title_trie, excluded, beams, end, ends)],
        )
        rows: list[list[Prediction]] = [[] for _ in histories]
        for place, (said, score) in enumerate(
            zip(output.sequences.tolist(), output.sequences_scores.tolist(), strict=True)
        ):
            title = self._title(said)
            if title is not None and score > IMPOSSIBLE:
                rows[place // kept].append(Prediction(title, score))
        return rows

    def next_item_question(self, history: Sequence[int], mode: AlignmentMode) -> Encoded:
        """Return the question for the next item as a mode is asked it: before alignment, a list to continue."""
        prompt = prompts.next_item(self.catalogue, history, mode)
        if mode is AlignmentMode.NONE:
            return self.encoder.text_to_continue(prompt)
        return self.encoder.prompt(prompt)

    def _title(self, said: Sequence[int]) -> int | None:
        end = self.encoder.end
        leaf = self.title_trie.walk(said[: said.index(end) + 1]) if end in said else None
        return self.title_trie.title_at.get(leaf) if leaf is not None else None
