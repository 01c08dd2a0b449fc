"""Segments -> token ids and slot positions.

Every segment is encoded on its own, so a title has the same tokens wherever it stands: in a history, in an
answer, in a citation. Content is encoded with `split_special_tokens=True`: text that looks like a special token
stays text. Slots are positions, not tokens; nothing is added to any vocabulary.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from transformers import PreTrainedTokenizerBase

from recexplainer_core.errors import ModelError
from recexplainer_core.lm.choices import Choice, choices_along
from recexplainer_core.lm.segments import Cited, Content, ItemSlot, Prompt, Template, UserSlot, Weighed

NO_TOKEN = -1
_SENTINEL = "\u241fHERE\u241f"


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

    Raises:
        ModelError: the tokenizer has no end-of-text token.
    """

    def __init__(self, tokenizer: PreTrainedTokenizerBase) -> None:
        if tokenizer.eos_token_id is None:
            raise ModelError("The tokenizer has no end-of-text token; set `eos_token` in its configuration.")
        self.tokenizer = tokenizer
        self.end = int(tokenizer.eos_token_id)
        pad = tokenizer.pad_token_id
        self.placeholder = int(pad) if pad is not None else self.end
        self._frame = self._chat_frame()
        self._cached_ids = lru_cache(maxsize=200_000)(self._ids)

    def prompt(self, prompt: Prompt) -> Encoded:
        """Encode a prompt, within the chat template where the tokenizer has one."""
        before, after = self._frame
        return self._encode(prompt, before, after)

    def text_to_continue(self, prompt: Prompt) -> Encoded:
        """Encode text that a base language model goes on with: no chat template, a start token if there is one."""
        start = self.tokenizer.bos_token_id
        return self._encode(prompt, () if start is None else (int(start),), ())

    def answer(self, segments: Prompt) -> tuple[int, ...]:
        """Encode an answer, the end-of-text token behind it."""
        return (*self._encode(segments, (), ()).token_ids, self.end)

    def weighed_answer(self, answer: Prompt) -> Answer:
        """Encode an answer to learn from: where a title is cited, each alternative is as right as its weight says."""
        token_ids: list[int] = []
        choices: list[Choice] = []
        restricted: list[int] = []
        for segment in answer:
            tokens = self._encode((segment,), (), ()).token_ids
            if isinstance(segment, Cited):
                restricted += range(len(token_ids), len(token_ids) + len(tokens))
                paths = [self.content(title) for title, _ in segment.alternatives]
                choices += choices_along(tokens, paths, [weight for _, weight in segment.alternatives])
            elif isinstance(segment, Weighed):
                # Whether such a stretch begins at all is left open; what it says, once it has begun, is a choice.
                restricted += range(len(token_ids) + 1, len(token_ids) + len(tokens))
                paths = [self._encode(other, (), ()).token_ids for other, _ in segment.alternatives]
                choices += choices_along(tokens, paths, [weight for _, weight in segment.alternatives])
            else:
                choices += choices_along(tokens, [tokens], [1.0])
            token_ids += tokens
        choices += choices_along((self.end,), [(self.end,)], [1.0])
        return Answer.weighed((*token_ids, self.end), choices, restricted=tuple(restricted))

    def content(self, text: str) -> tuple[int, ...]:
        """Return the tokens of one title or attribute."""
        return self._cached_ids(text, False)

    def _encode(self, prompt: Prompt, before: Sequence[int], after: Sequence[int]) -> Encoded:
        ids: list[int] = list(before)
        user_slots: list[int] = []
        item_slots: list[tuple[int, int]] = []
        for segment in prompt:
            match segment:
                case Template(text):
                    ids += self._cached_ids(text, True)
                case Content(text):
                    ids += self._cached_ids(text, False)
                case Weighed(chosen):
                    ids += self._encode(chosen, (), ()).token_ids
                case UserSlot():
                    user_slots.append(len(ids))
                    ids.append(self.placeholder)
                case ItemSlot(item):
                    item_slots.append((len(ids), item))
                    ids.append(self.placeholder)
        return Encoded((*ids, *after), tuple(user_slots), tuple(item_slots))

    def _ids(self, text: str, trusted: bool) -> tuple[int, ...]:
        encoded = self.tokenizer(text, add_special_tokens=False, split_special_tokens=not trusted)
        return tuple(encoded["input_ids"])

    def _chat_frame(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        if not self.tokenizer.chat_template:
            start = self.tokenizer.bos_token_id
            return (() if start is None else (int(start),)), ()
        rendered = self.tokenizer.apply_chat_template(
            [{"role": "user", "content": _SENTINEL}], tokenize=False, add_generation_prompt=True
        )
        before, found, after = str(rendered).partition(_SENTINEL)
        if not found:
            raise ModelError("The tokenizer's chat template drops the user's message; use another template.")
        return self._ids(before, True), self._ids(after, True)
