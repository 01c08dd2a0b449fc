"""A vocabulary of ten tokens, and what a guard lets through of it."""

from __future__ import annotations

import torch
from transformers import LogitsProcessor

from recexplainer_core.decoding.citation_marks import Marks

BLANK, BRACKET, OPENING, CLOSING, END = 5, 6, 7, 8, 0
MARKS = Marks([OPENING], [CLOSING], [9], [BRACKET], [END], [BLANK])
ANYTHING = list(range(10))


def allowed(guard: LogitsProcessor, said: list[int]) -> list[int]:
    scores = guard(torch.tensor([said]), torch.zeros(1, 10))
    return torch.isfinite(scores[0]).nonzero().flatten().tolist()
