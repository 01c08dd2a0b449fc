import pytest

from recexplainer_core.modes import AlignmentMode
from recexplainer_core.ui.compare_modes.comparison import (
    Standing,
    compared,
    disagreement,
    first_choices,
    missed,
    named_by_every,
    standing,
)

NONE, BEHAVIOUR, INTENTION, HYBRID = AlignmentMode
LISTS = {NONE: [9, 8, 1], BEHAVIOUR: [1, 2, 3], INTENTION: [1, 3, 4], HYBRID: [2, 1, 3]}


def test_the_model_before_alignment_does_not_decide_what_every_mode_names() -> None:
    assert compared(list(LISTS)) == (BEHAVIOUR, INTENTION, HYBRID)
    assert named_by_every(LISTS) == [1, 3]
    assert standing(LISTS, 1) is standing(LISTS, 3) is Standing.EVERY
    assert standing(LISTS, 2) is Standing.SOME
    assert standing(LISTS, 4) is standing(LISTS, 9) is Standing.ALONE


def test_a_single_mode_is_compared_with_the_model_before_alignment() -> None:
    lists = {NONE: [1, 2], HYBRID: [2, 3]}
    assert compared(list(lists)) == (NONE, HYBRID)
    assert named_by_every(lists) == [2]
    assert standing(lists, 2) is Standing.EVERY and standing(lists, 3) is Standing.ALONE


def test_equal_lists_do_not_disagree_and_disjoint_ones_do_wholly() -> None:
    assert disagreement({NONE: [7], BEHAVIOUR: [1, 2], HYBRID: [1, 2]}) == pytest.approx(0)
    assert disagreement({NONE: [1], BEHAVIOUR: [1, 2], HYBRID: [3, 4]}) == pytest.approx(1)
    assert 0 < disagreement(LISTS) < 1
    assert disagreement({NONE: [1, 2]}) == 0, "nobody to disagree with"


def test_first_choices_are_counted_once_each() -> None:
    assert first_choices(LISTS) == 2


def test_missed_places_count_from_one() -> None:
    assert missed([5, 6, 7], [7, 1]) == [1, 2]
    assert missed([5], [5, 6]) == []
