from __future__ import annotations

import math

import numpy as np
import pytest

from recexplainer_core.histories import Histories
from recexplainer_core.recommenders.evaluation import evaluate_leave_one_out, held_out_ranks
from tests.recommenders.known_scores import KnownScores

DESCENDING = KnownScores([float(-i) for i in range(20)])
"""Item i is on rank i + 1."""


def ranks(recommender: KnownScores, *histories: list[int], split: str = "test") -> list[float]:
    packed = Histories.from_lists(histories)
    found = held_out_ranks(recommender, packed, split, np.arange(len(packed)))  # type: ignore[arg-type]
    return found.tolist()


def test_rank_among_all_items() -> None:
    assert ranks(DESCENDING, [18, 19, 0], [18, 19, 7], [17, 18, 19]) == [1, 8, 18]


def test_items_before_the_target_are_no_rivals() -> None:
    assert ranks(DESCENDING, [0, 1, 5]) == [4]


def test_validation_neither_sees_nor_masks_the_last_item() -> None:
    assert ranks(DESCENDING, [0, 5, 1], split="validation") == [5]


def test_a_repeated_item_can_still_be_found() -> None:
    assert ranks(DESCENDING, [2, 0, 2]) == [2]


def test_equal_scores_share_their_mean_rank() -> None:
    assert ranks(KnownScores([1.0] * 11), [0, 1, 2]) == [5]


def test_figures() -> None:
    histories = Histories.from_lists([[18, 19, 0], [18, 19, 2], [18, 19, 10]])
    found = evaluate_leave_one_out(DESCENDING, histories)
    assert found == {
        "hr@10": pytest.approx(2 / 3),
        "ndcg@10": pytest.approx((1 + 1 / math.log2(4)) / 3),
        "users": 3,
    }


def test_short_histories_are_left_out() -> None:
    histories = Histories.from_lists([[], [1], [1, 0], [18, 19, 0]])
    assert evaluate_leave_one_out(DESCENDING, histories)["users"] == 1
    assert evaluate_leave_one_out(DESCENDING, Histories.from_lists([[1]])) == {
        "hr@10": 0.0,
        "ndcg@10": 0.0,
        "users": 0,
    }


def test_many_users_are_ranked_in_their_order() -> None:
    targets = np.random.default_rng(0).integers(0, 18, 1300)
    assert ranks(DESCENDING, *([18, 19, int(t)] for t in targets)) == (targets + 1).tolist()
