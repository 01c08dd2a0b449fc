"""Segments -> token ids and slot positions.

A prompt is tokenized as one string, cut only where a slot stands, so that a pretrained model reads it as it reads any
other text. Titles and attributes can never become special tokens. Slots are positions, not tokens; nothing is added to
any vocabulary.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from transformers import PreTrainedTokenizerBase

from recexplainer_core.lm.chat import frame_of
from recexplainer_core.lm.choices import Choice, choices_along
from recexplainer_core.lm.segments import (
    SEPARATOR,
    Cited,
    Content,
    ItemSlot,
    Prompt,
    Template,
    UserSlot,
    Weighed,
)
from recexplainer_core.lm.text import OPENED, WORD, TextTokenizer

NO_TOKEN = -1


@dataclass(frozen=True)
class Encoded:
    """A prompt as the model takes it.

    Args:
        token_ids: [length]; the id at a slot position is a placeholder that is never looked up.
        user_slots: positions that take the user vector.
        item_slots: (position, item) pairs that take an item vector.
    """

    token_ids: tuple[int, ...]
    user_slots: tuple[int, ...] = ()
    item_slots: tuple[tuple[int, int], ...] = ()

    def followed_by(self, answer: Sequence[int]) -> Encoded:
        """Return the prompt with the tokens of an answer behind it."""
        return Encoded((*self.token_ids, *answer), self.user_slots, self.item_slots)


@dataclass(frozen=True)
class Answer:
    """An answer to learn from. At each place it may say which tokens would be right, and how much so.

    Args:
        token_ids: [length], the answer that is read.
        right: [length, k], tokens that may stand at each place, padded with `NO_TOKEN`.
        weights: [length, k], their probabilities; every row sums to 1.
        ignored: (place, token) pairs that count as neither right nor wrong: what decoding will not allow there.
        restricted: places at which decoding allows nothing but the tokens of `right`, so that all others are neither
            right nor wrong.
    """

    token_ids: tuple[int, ...]
    right: npt.NDArray[np.int64]
    weights: npt.NDArray[np.float32]
    ignored: tuple[tuple[int, int], ...] = ()
    restricted: tuple[int, ...] = ()

    @classmethod
    def weighed(
        cls,
        token_ids: tuple[int, ...],
        choices: Sequence[Choice],
        ignored: tuple[tuple[int, int], ...] = (),
        restricted: tuple[int, ...] = (),
    ) -> Answer:
        """Return an answer with, for each place, tokens and how much weight each has."""
        shape = len(choices), max(len(tokens) for tokens, _ in choices)
        right, weights = np.full(shape, NO_TOKEN), np.zeros(shape, dtype=np.float32)
        for row, (tokens, mass) in enumerate(choices):
            right[row, : len(tokens)], weights[row, : len(tokens)] = tokens, mass / mass.sum()
        return cls(token_ids, right, weights, ignored, restricted)


class Encoder:
    """Encode prompts and answers for one tokenizer.

    Args:
        tokenizer: of the language model.

    Attributes:
        end: id of the token that closes an answer.
        placeholder: id that stands at a slot's position and in padding.

    Raises:
        ModelError: see `frame_of`.
    """

    def __init__(self, tokenizer: PreTrainedTokenizerBase) -> None:
        self.tokenizer = tokenizer
        self.frame = frame_of(tokenizer)
        self.end = self.frame.end
        pad = tokenizer.pad_token_id
        self.placeholder = int(pad) if pad is not None else self.end
        self._text = TextTokenizer(tokenizer)

    def prompt(self, prompt: Prompt) -> Encoded:
        """Encode a prompt, within the chat template where the tokenizer has one."""
        after = (
            self.frame.after + self.frame.lead if self._text.apart and self.frame.after else self.frame.after
        )
        return self._encode(prompt, self.frame.before, after)

    def beginning(self, prompt: Prompt) -> Encoded:
        """Encode the beginning of a prompt, which breaks off in the middle."""
        return self._encode(prompt, self.frame.before, "")

    def text_to_continue(self, prompt: Prompt) -> Encoded:
        """Encode text that a base language model goes on with: no chat template, a start token if there is one."""
        return self._encode(prompt, self.tokenizer.bos_token or "", "")

    def answer(self, segments: Prompt) -> tuple[int, ...]:
        """Encode an answer as it stands behind a question, the token that closes it behind it."""
        return (*self._stretch(segments, True), self.end)

    def begun(self, text: str) -> tuple[int, ...]:
        """Encode what an answer begins with, as it stands behind a question; more is to follow."""
        return self._stretch((Content(text),), True)

    def tokens(self, segments: Prompt) -> tuple[int, ...]:
        """Encode words in the middle of a text."""
        return self._stretch(segments, False)

    def content(self, text: str) -> tuple[int, ...]:
        """Return the tokens of a title or attribute as it stands in a citation."""
        return self._text.ids(text, False) if self._text.apart else self._text.following(OPENED, text)

    @property
    def separator(self) -> tuple[int, ...]:
        """What stands between two titles of a list, as tokens; the space belongs to the next title where it can."""
        if self._text.apart:
            return self._text.ids(SEPARATOR.text, True)
        return self._text.following(WORD, SEPARATOR.text.rstrip())

    def in_list(self, title: str) -> tuple[int, ...]:
        """Return the tokens of a title behind a separator."""
        if self._text.apart:
            return self.content(title)
        return self._text.following(SEPARATOR.text.rstrip(), f" {title}")

    def listed(self, title: str) -> tuple[int, ...]:
        """Return the tokens of a title that a list goes on with, the beginning of the separator behind it."""
        if self._text.apart:
            return (*self.content(title), self._text.ids(SEPARATOR.text, True)[0])
        closing = SEPARATOR.text.rstrip()
        return self._text.following(closing, f" {title}{closing}")

    def weighed_answer(self, answer: Prompt) -> Answer:
        """Encode an answer to learn from: where a title is cited, each alternative is as right as its weight says."""
        token_ids: list[int] = []
        choices: list[Choice] = []
        restricted: list[int] = []
        for segment in answer:
            first = not token_ids
            tokens = self._stretch((segment,), first)
            if isinstance(segment, Cited):
                restricted += range(len(token_ids), len(token_ids) + len(tokens))
                paths = [self._stretch((Cited(title, ()),), first) for title, _ in segment.alternatives]
                choices += choices_along(tokens, paths, [weight for _, weight in segment.alternatives])
            elif isinstance(segment, Weighed):
                # Whether such a stretch begins at all is left open; what it says, once it has begun, is a choice.
                restricted += range(len(token_ids) + 1, len(token_ids) + len(tokens))
                paths = [self._stretch(other, first) for other, _ in segment.alternatives]
                choices += choices_along(tokens, paths, [weight for _, weight in segment.alternatives])
            else:
                choices += choices_along(tokens, [tokens], [1.0])
            token_ids += tokens
        choices += choices_along((self.end,), [(self.end,)], [1.0])
        return Answer.weighed((*token_ids, self.end), choices, restricted=tuple(restricted))

    def _stretch(self, segments: Prompt, first: bool) -> tuple[int, ...]:
        """Return the tokens of a part of an answer, its first one or one behind another."""
        if self._text.apart:
            return self._encode(segments, "", "").token_ids
        match segments:
            case (Cited(title),) if not first:
                return self.content(title)
        text = "".join(
            segment.text for segment in segments if isinstance(segment, Template | Content | Weighed)
        )
        before, lead = (self.frame.after or WORD, self.frame.lead) if first else (WORD, "")
        return self._text.following(before, lead + text)

    def _encode(self, prompt: Prompt, before: str, after: str) -> Encoded:
        """Encode the runs of text between the slots, each as one string, and leave a place for every slot."""
        runs: list[list[str]] = [[]]
        slots: list[UserSlot | ItemSlot] = []
        for segment in prompt:
            if isinstance(segment, UserSlot | ItemSlot):
                slots.append(segment)
                runs.append([])
            elif isinstance(segment, Weighed):
                runs[-1] += [part.text for part in segment.chosen if isinstance(part, Template | Content)]
            else:
                runs[-1].append(segment.text)
        ids: list[int] = []
        user_slots: list[int] = []
        item_slots: list[tuple[int, int]] = []
        for number, run in enumerate(runs):
            match slots[number - 1] if number else None:
                case UserSlot():
                    user_slots.append(len(ids))
                    ids.append(self.placeholder)
                case ItemSlot(item):
                    item_slots.append((len(ids), item))
                    ids.append(self.placeholder)
            last = number == len(slots)
            ids += self._run(run, before if not number else "", after if last else "", bool(number), last)
        return Encoded(tuple(ids), tuple(user_slots), tuple(item_slots))

    def _run(
        self, run: Sequence[str], before: str, after: str, behind_slot: bool, last: bool
    ) -> tuple[int, ...]:
        read = self._text
        if read.apart:
            inner = [token for text in run for token in read.ids(text, False)]
            return (*read.ids(before, True), *inner, *read.ids(after, True))
        text = "".join(run)
        if last and not after:  # a space there belongs to what the model goes on with
            text = text.rstrip(" ")
        if behind_slot and not after:
            return read.following(WORD, text)
        if behind_slot:
            return (*read.following(WORD, text), *read.ids(after, True))
        return read.framed(before, text, after)
