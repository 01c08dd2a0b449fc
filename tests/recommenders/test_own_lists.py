"""The original's lists, compared with those of the target that was brought in."""

from __future__ import annotations

import pytest

from recexplainer_core.errors import DataError
from recexplainer_core.histories import Histories
from recexplainer_core.recommenders.own_lists import OwnList, compare_lists, read_own_lists
from tests.recommenders.known_scores import KnownScores

ITEMS = ["a", "b", "c", "d", "e"]
HISTORIES = Histories.from_lists([[0], [1], [2]], ["x", "y", "z"])


def write(tmp_path, text):
    path = tmp_path / "lists.csv"
    path.write_text(text)
    return path


def test_lists_are_read_without_what_the_user_has(tmp_path):
    path = write(tmp_path, "user,items\nx,b a c\nz,unknown e\ny,c\n")
    assert read_own_lists(path, HISTORIES, ITEMS, most=2) == [OwnList(0, (1, 2)), OwnList(2, (-1, 4))]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("who,what\nx,a\n", r"line 1: has the columns \['who', 'what'\]"),
        ("user,items\nx,b\nw,a\n", "line 3: the data have no user 'w'"),
        ("user,items\nx,a\n", "line 2: holds no item that the user does not have"),
        ("user,items\n", "holds no lists"),
    ],
)
def test_what_is_no_file_of_lists_says_why(tmp_path, text, says):
    with pytest.raises(DataError, match=says):
        read_own_lists(write(tmp_path, text), HISTORIES, ITEMS)
    with pytest.raises(DataError, match="cannot be read"):
        read_own_lists(tmp_path / "missing.csv", HISTORIES, ITEMS)


def test_lists_are_compared_place_by_place():
    target = KnownScores([5.0, 4.0, 3.0, 2.0, 1.0])
    same, swapped, other = OwnList(0, (1, 2, 3)), OwnList(1, (0, 3, 2)), OwnList(2, (-1,))
    found = compare_lists(target, HISTORIES, [same, swapped, other])
    assert (found.lists, found.identical, found.same_first, found.first_difference) == (3, 1, 2, 1)
    assert found.shared == pytest.approx((1 + 1 + 0) / 3)
    assert compare_lists(target, HISTORIES, [same]).first_difference is None
