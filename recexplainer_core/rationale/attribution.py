"""What each item of a history does for the target's score of another item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from recexplainer_core.recommenders.base import Recommender

_BATCH = 4096


@dataclass(frozen=True)
class Attribution:
    """The target's view of one item for one history.

    Args:
        history: the items that counted, oldest first.
        item: the item that is explained.
        rank: its rank among the items outside the history, 1 is best.
        effects: [len(history)], by how much the log of the item's softmax score falls when that item is taken out;
            above 0 it speaks for the item, below 0 against it.
    """

    history: tuple[int, ...]
    item: int
    rank: int
    effects: npt.NDArray[np.float32]


def leave_one_out(
    recommender: Recommender, histories: Sequence[Sequence[int]], items: Sequence[int]
) -> list[Attribution]:
    """Attribute one item for each history by taking out its items one at a time.

    Args:
        recommender: the target; only the last `max_history` items of a history count.
        histories: n histories.
        items: n items to explain.
    """
    recent = [tuple(h)[-recommender.max_history :] for h in histories]
    variants = [
        variant for h in recent for variant in (h, *(h[:place] + h[place + 1 :] for place in range(len(h))))
    ]
    wanted = [item for h, item in zip(recent, items, strict=True) for _ in range(len(h) + 1)]
    logs = np.empty(len(variants), dtype=np.float32)
    ranks = np.empty(len(variants), dtype=np.int64)
    for start in range(0, len(variants), _BATCH):
        batch = slice(start, start + _BATCH)
        logs[batch], ranks[batch] = _log_score_and_rank(recommender, variants[batch], wanted[batch])
    attributions, place = [], 0
    for history, item in zip(recent, items, strict=True):
        effects = logs[place] - logs[place + 1 : place + 1 + len(history)]
        attributions.append(Attribution(history, item, int(ranks[place]), effects))
        place += len(history) + 1
    return attributions


def _log_score_and_rank(
    recommender: Recommender, histories: Sequence[Sequence[int]], items: Sequence[int]
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
    with torch.inference_mode():
        scores = recommender.scores(recommender.user_vectors(histories)).float()
        own = scores.gather(1, torch.tensor(items)[:, None])
        above = (scores > own).sum(1)
        for row, history in enumerate(histories):
            above[row] -= (scores[row, list(history)] > own[row]).sum()
        logs = own.squeeze(1) - scores.logsumexp(1)
    return logs.numpy(), (above + 1).numpy()
