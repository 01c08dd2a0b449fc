"""A target whose answers have the wrong shape is refused before anything is trained."""

from __future__ import annotations

import pytest
import torch

from recexplainer_core.errors import ModelError
from recexplainer_core.histories import Histories
from recexplainer_core.recommenders.probing import require_answers

HISTORIES = Histories.from_lists([[0, 1], [2]])


class Answers:
    supports_edits, max_history = True, 5

    def __init__(self, items=4, columns=4, rows=0, value=1.0):
        self.item_vectors = torch.ones(items, 3)
        self.columns, self.rows, self.value = columns, rows, value

    def user_vectors(self, histories):
        return torch.full((len(histories) + self.rows, 3), self.value)

    def scores(self, user_vectors):
        return user_vectors.sum(1, keepdim=True).expand(-1, self.columns)

    def save(self, folder):
        raise AssertionError("is not asked to")


def test_sound_answers_pass():
    require_answers(Answers(), 4, HISTORIES)


@pytest.mark.parametrize(
    ("target", "says"),
    [
        (Answers(items=3), r"item vectors of the shape \[3, 3\], and the data have 4 items"),
        (Answers(columns=7), r"scores of 0 histories has the shape \(0, 7\), and it should be \(0, 4\)"),
        (Answers(rows=1), r"user_vectors of 0 histories has the shape \(1, 3\), and it should be \(0, 3\)"),
        (Answers(value=float("nan")), "user vectors are not all finite"),
    ],
)
def test_others_do_not(target, says):
    with pytest.raises(ModelError, match=says):
        require_answers(target, 4, HISTORIES)
