import numpy as np
import pytest

from recexplainer_core.errors import DataError
from recexplainer_core.histories import Histories
from recexplainer_core.pipeline.held_out import hold_out, require_measurable, sample_users


@pytest.mark.parametrize(("n_users", "expected"), [(1000, 200), (300, 100), (60, 30), (3, 1)])
def test_a_fifth_of_the_users_but_enough_of_few(n_users: int, expected: int) -> None:
    histories = Histories.from_lists([[0, 1, 2]] * n_users)
    assert hold_out(histories, seed=0).sum() == expected


def test_users_with_too_short_a_history_are_not_held_out() -> None:
    histories = Histories.from_lists([[0, 1, 2], [0]] * 400)
    assert not hold_out(histories, seed=0)[1::2].any()


def test_the_seed_decides_and_another_seed_decides_otherwise() -> None:
    histories = Histories.from_lists([[0, 1, 2]] * 500)
    assert (hold_out(histories, 1) == hold_out(histories, 1)).all()
    assert (hold_out(histories, 1) != hold_out(histories, 2)).any()


def test_a_sample_is_of_held_out_users_only() -> None:
    held_out = np.arange(100) % 4 == 0
    users = sample_users(held_out, 10, seed=0)
    assert len(set(users.tolist())) == 10
    assert held_out[users].all()
    assert (np.diff(users) > 0).all()
    assert sample_users(held_out, None, seed=0).tolist() == list(range(0, 100, 4))
    assert sample_users(held_out, 1000, seed=0).tolist() == list(range(0, 100, 4))


@pytest.mark.parametrize(
    ("histories", "n_items", "says"),
    [
        ([[0], [1], [2]], 3, "nobody can be held out"),
        ([[0, 1, 2, 3]], 9, "nobody can be held out"),
        ([[0, 1, 2], [2, 1, 0], [1, 0, 2]], 3, "nothing is left to recommend"),
        ([[0, 0, 0], [0, 0, 0]], 1, "hold 1 item\\."),
    ],
)
def test_what_cannot_be_measured_is_refused_before_anything_is_trained(histories, n_items, says):
    given = Histories.from_lists(histories)
    with pytest.raises(DataError, match=says):
        require_measurable(given, hold_out(given, 0), n_items)
