"""Text -> tokens, cut as the tokenizer cuts the texts that its model was trained on."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import lru_cache

from transformers import PreTrainedTokenizerBase

_SEVERAL_WORDS = "one two; three"
WORD, OPENED = "0", "«"
"""What a text may be said to follow: some other word, or the mark that opens a citation."""
_READING = threading.Lock()
"""A tokenizer is told for each text whether special tokens may stand in it, and keeps that between two threads."""


def token_ids(tokenizer: PreTrainedTokenizerBase, text: str, trusted: bool) -> list[int]:
    """Return the tokens of a text by itself; special ones only where it is trusted."""
    with _READING:
        return list(tokenizer(text, add_special_tokens=False, split_special_tokens=not trusted)["input_ids"])


class TextTokenizer:
    """Tokenize parts of texts. Only text of this project can become a special token, never a title.

    Args:
        tokenizer: of the language model.

    Attributes:
        apart: whether it looks whole texts up in its vocabulary, so that it has to be given each title by itself, as
            the pocket LM's is.
    """

    def __init__(self, tokenizer: PreTrainedTokenizerBase) -> None:
        self.tokenizer = tokenizer
        self.apart = _looks_up_texts(tokenizer)
        special = {*tokenizer.all_special_ids, *tokenizer.added_tokens_decoder}
        self._special = frozenset(special - {tokenizer.unk_token_id})
        self.ids = lru_cache(maxsize=200_000)(self._ids)
        self.following = lru_cache(maxsize=200_000)(self._following)

    def framed(self, before: str, text: str, after: str) -> tuple[int, ...]:
        """Return the tokens of a text between two trusted ones, tokenized as one string."""
        ends = self.ids(before, True), self.ids(after, True)
        whole = self._ids(before + text + after, True)
        if self._n_special(whole) != sum(map(self._n_special, ends)):
            return (*ends[0], *self._ids(text, False), *ends[1])
        return whole

    def _following(self, before: str, text: str) -> tuple[int, ...]:
        """Return the tokens that a text has behind another, trusted one."""
        begun = self.ids(before, True)
        whole = self.framed(before, text, "")
        return whole[len(begun) :] if whole[: len(begun)] == begun else self._ids(text, False)

    def _ids(self, text: str, trusted: bool) -> tuple[int, ...]:
        ids = token_ids(self.tokenizer, text, trusted)
        if not trusted and self._n_special(ids) and len(text) > 1:
            # A vocabulary may hold the name of a special token as a word: its letters are none.
            return tuple(token for letter in text for token in self._ids(letter, False))
        return tuple(ids)

    def _n_special(self, ids: Sequence[int]) -> int:
        return sum(token in self._special for token in ids)


def _looks_up_texts(tokenizer: PreTrainedTokenizerBase) -> bool:
    """Return whether a text of several words is looked up as a whole before it is cut into pieces."""
    backend = getattr(tokenizer, "backend_tokenizer", None)
    if backend is None or not getattr(backend.model, "ignore_merges", False):
        return False
    return len(backend.pre_tokenizer.pre_tokenize_str(_SEVERAL_WORDS)) == 1
