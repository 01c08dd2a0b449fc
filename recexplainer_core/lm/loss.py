"""How wrong the answers to a batch of questions are: what the target decides weighs more than how it is worded."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor

from recexplainer_core.lm.encoding import NO_TOKEN, Answer

FloatArray = npt.NDArray[np.float32]
_IGNORED = -1e9
"""Added to the logit of a token that does not count; finite, so that nothing times it is nothing."""


def answer_cross_entropy(logits: Tensor, answers: Sequence[Answer], phrasing_weight: float = 1.0) -> Tensor:
    """Return the mean over answers of the weighted mean cross-entropy over their places.

    Args:
        logits: [places, vocabulary], the answers' places one after the other.
        answers: what is right there.
        phrasing_weight: weight of a place at which only one token is right. A place with several, such as the title
            that the target decides on, has weight 1.
    """
    wanted, ignored = _labels(answers, logits.shape[1])
    if ignored is not None:
        logits = logits + torch.from_numpy(ignored).to(logits.device)
    weights = torch.from_numpy(np.concatenate([_weights(answer, phrasing_weight) for answer in answers])).to(
        logits.device
    )
    losses = F.cross_entropy(logits, torch.from_numpy(wanted).to(logits.device), reduction="none")
    return (weights * losses).sum() / len(answers)


def _weights(answer: Answer, phrasing_weight: float) -> FloatArray:
    """Return how much each place of an answer counts, 1 in all."""
    decided = (answer.right != NO_TOKEN).sum(1) > 1
    weights: FloatArray = np.where(decided, 1.0, phrasing_weight).astype(np.float32)
    weights /= weights.sum()
    return weights


def _labels(answers: Sequence[Answer], vocabulary: int) -> tuple[FloatArray, FloatArray | None]:
    """Return for all places of all answers how right each token is, and what to add to the logits of those that do
    not count, None where all do; both [places, vocabulary]."""
    length = sum(len(answer.token_ids) for answer in answers)
    wanted = np.zeros((length, vocabulary), dtype=np.float32)
    restricted = any(answer.ignored or answer.restricted for answer in answers)
    ignored = np.zeros_like(wanted) if restricted else None
    start = 0
    for answer in answers:
        rows, columns = np.nonzero(answer.right != NO_TOKEN)
        tokens = answer.right[rows, columns]
        wanted[start + rows, tokens] = answer.weights[rows, columns]
        if ignored is not None:
            for place in answer.restricted:
                ignored[start + place] = _IGNORED
                ignored[start + place, tokens[rows == place]] = 0.0
            for place, token in answer.ignored:
                ignored[start + place, token] = _IGNORED
        start += len(answer.token_ids)
    return wanted, ignored
