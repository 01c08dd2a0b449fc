"""How wrong the answers to a batch of questions are: what the target decides weighs more than how it is worded."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from recexplainer_core.lm.encoding import NO_TOKEN, Answer

FloatArray = npt.NDArray[np.float32]
_IGNORED = -1e9
"""Logit of a token that does not count; finite, so that nothing times it is nothing."""


def answer_cross_entropy(
    logits: Tensor, answers: Sequence[Answer], phrasing_weight: float = 1.0, rows: Sequence[int] | None = None
) -> Tensor:
    """Return the mean over answers of the weighted mean cross-entropy over their places.

    Of each row of logits, only the tokens that may be right are looked at one by one, so that the price does not rise
    with the vocabulary.

    Args:
        logits: [n, vocabulary].
        answers: what is right at their places, one answer after the other.
        phrasing_weight: weight of a place at which only one token is right. A place with several, such as the title
            that the target decides on, has weight 1.
        rows: for each place the row of its logits; the places are the rows unless given.
    """
    device = logits.device
    right, weights = (torch.from_numpy(table).to(device) for table in _stacked(answers))
    row = torch.arange(len(logits), device=device) if rows is None else torch.tensor(rows, device=device)
    of_right = logits[row[:, None], right.clamp_min(0)].masked_fill(right == NO_TOKEN, _IGNORED)
    losses = _normalisers(logits, of_right, row, answers) - (weights * of_right).sum(1)
    importance = np.concatenate([_importance(answer, phrasing_weight) for answer in answers])
    return (torch.from_numpy(importance).to(device) * losses).sum() / len(answers)


def _stacked(answers: Sequence[Answer]) -> tuple[npt.NDArray[np.int64], FloatArray]:
    """Return the tokens that may be right at all places [places, k] and how right they are."""
    width = max(answer.right.shape[1] for answer in answers)
    length = sum(len(answer.token_ids) for answer in answers)
    right, weights = np.full((length, width), NO_TOKEN), np.zeros((length, width), dtype=np.float32)
    start = 0
    for answer in answers:
        places = slice(start, start := start + len(answer.token_ids))
        right[places, : answer.right.shape[1]] = answer.right
        weights[places, : answer.right.shape[1]] = answer.weights
    return right, weights


def _normalisers(logits: Tensor, of_right: Tensor, row: Tensor, answers: Sequence[Answer]) -> Tensor:
    """Return the log-sum of all logits that count at each place [places]."""
    starts = np.cumsum([0, *(len(answer.token_ids) for answer in answers)]).tolist()
    restricted = [
        start + place for start, answer in zip(starts, answers, strict=False) for place in answer.restricted
    ]
    ignored: dict[int, list[int]] = {}
    for start, answer in zip(starts, answers, strict=False):
        for place, token in answer.ignored:
            ignored.setdefault(start + place, []).append(token)
    for place in restricted:
        ignored.pop(place, None)
    found: Tensor = logits.logsumexp(1)[row]
    if ignored:
        counts = [[number] * len(tokens) for number, tokens in enumerate(ignored.values())]
        where = [list(chain(*counts)), list(chain(*ignored.values()))]
        places = torch.tensor([*ignored], device=row.device)
        kept = logits[row[places]].index_put(
            tuple(torch.tensor(index, device=row.device) for index in where), logits.new_tensor(_IGNORED)
        )
        found = found.index_put((places,), kept.logsumexp(1))
    if restricted:
        places = torch.tensor(restricted, device=row.device)
        found = found.index_put((places,), of_right[places].logsumexp(1))
    return found


def _importance(answer: Answer, phrasing_weight: float) -> FloatArray:
    """Return how much each place of an answer counts, 1 in all."""
    decided = (answer.right != NO_TOKEN).sum(1) > 1
    weights: FloatArray = np.where(decided, 1.0, phrasing_weight).astype(np.float32)
    weights /= weights.sum()
    return weights
