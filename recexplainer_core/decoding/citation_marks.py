"""The tokens of a vocabulary that open, close and follow a citation."""

from __future__ import annotations

from dataclasses import dataclass

from transformers import PreTrainedTokenizerBase

from recexplainer_core.errors import ModelError
from recexplainer_core.lm.segments import CLOSE_CITATION, OPEN_CITATION

_LEAD_BYTES = ("Â", "<0xC2>")
"""Names of the byte with which « and » begin, where a vocabulary can write them byte by byte."""


@dataclass(frozen=True)
class Marks:
    """The tokens of a vocabulary that matter to the guards.

    Args:
        opening: those whose text ends with the mark that opens a citation.
        closing: those whose text starts with the mark that closes one.
        forbidden: those that hold a mark in any other way, and could write a citation past the guards.
        brackets: those whose text, spaces apart, starts with a bracket.
        ends: those whose text starts with the bracket's end.
        blanks: nothing but spaces.

    Raises:
        ModelError: the vocabulary has no token for one of the marks.
    """

    opening: list[int]
    closing: list[int]
    forbidden: list[int]
    brackets: list[int]
    ends: list[int]
    blanks: list[int]

    @classmethod
    def of(cls, tokenizer: PreTrainedTokenizerBase) -> Marks:
        """Look through a tokenizer's vocabulary."""
        marks = cls([], [], [], [], [], [])
        vocabulary = tokenizer.get_vocab()
        lead_bytes = {vocabulary[name] for name in _LEAD_BYTES if name in vocabulary}
        for token, text in enumerate(tokenizer.batch_decode([[i] for i in range(len(tokenizer))])):
            count = text.count(OPEN_CITATION) + text.count(CLOSE_CITATION)
            if count == 1 and text.endswith(OPEN_CITATION):
                marks.opening.append(token)
            elif count == 1 and text.startswith(CLOSE_CITATION) and "(" not in text:
                marks.closing.append(token)
            elif count or token in lead_bytes:
                marks.forbidden.append(token)
            elif text.lstrip().startswith("("):
                marks.brackets.append(token)
            elif text.startswith(")"):
                marks.ends.append(token)
            elif not text.strip():
                marks.blanks.append(token)
        if not (marks.opening and marks.closing and marks.ends):
            raise ModelError(
                "The language model's vocabulary has no token for «, » or a closing bracket, so what it cites "
                "cannot be guarded. Choose a model whose tokenizer has them; most do."
            )
        return marks
