"""Corrections of users whose vectors are known: whole for their own history, less the more it was changed."""

from __future__ import annotations

import pytest
import torch

from recexplainer_core.errors import ModelError
from recexplainer_core.recommenders.known_users import KnownUsers

KNOWN = KnownUsers.of([[0, 1, 2, 3], [4, 5, 5], [6]], torch.tensor([[1.0, 0.0], [0.0, 1.0], [5.0, 5.0]]), 9)


def test_the_own_history_gets_all_of_it_in_any_order():
    assert KNOWN.correct([[0, 1, 2, 3], [3, 2, 1, 0], [5, 4]]).tolist() == [[1, 0], [1, 0], [0, 1]]


def test_a_changed_one_gets_what_it_shares():
    found = KNOWN.correct([[0, 1, 2], [0, 1, 2, 3, 7], [0], [4, 8]])
    torch.testing.assert_close(found, torch.tensor([[0.75, 0], [0.8, 0], [0.25, 0], [0, 1 / 3]]))


def test_a_strange_one_and_an_empty_one_get_nothing():
    assert not KNOWN.correct([[7, 8], []]).any() and KNOWN.correct([]).shape == (0, 2)


def test_the_nearest_user_decides_and_of_equals_the_first():
    assert KNOWN.correct([[3, 4, 5, 6]]).tolist() == [[0, 0.5]]
    twins = KnownUsers.of([[1], [1]], torch.tensor([[1.0], [2.0]]), 2)
    assert twins.correct([[1]]).tolist() == [[1]]


def test_it_is_read_again_or_refused(tmp_path):
    again = KnownUsers.read(tmp_path, KNOWN.tensors(), 9, 2)
    assert again is not None and torch.equal(again.correct([[0, 1], [4]]), KNOWN.correct([[0, 1], [4]]))
    assert KnownUsers.read(tmp_path, {"item_vectors": torch.ones(1)}, 9, 2) is None
    stored = KNOWN.tensors()
    for name, value in (
        ("known_items", torch.tensor([0, 1, 2, 3, 4, 5, 5, 9])),
        ("known_items", stored["known_items"].float()),
        ("known_offsets", torch.tensor([0, 4, 2, 8])),
        ("known_offsets", torch.tensor([0, 4, 8])),
        ("known_corrections", torch.ones(3, 3)),
        ("known_corrections", torch.full((3, 2), torch.nan)),
    ):
        with pytest.raises(ModelError, match="what is known of users does not fit together"):
            KnownUsers.read(tmp_path, stored | {name: value}, 9, 2)
    with pytest.raises(ModelError, match="does not fit"):
        KnownUsers.read(tmp_path, {"known_items": stored["known_items"]}, 9, 2)
