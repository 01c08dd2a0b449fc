import pytest

from recexplainer_core.ui.shared.agreement import list_agreement


def test_equal_lists_agree_in_everything() -> None:
    agreement = list_agreement([3, 1, 2], [3, 1, 2])
    assert (agreement.same_first, agreement.shared, agreement.length, agreement.order) == (True, 3, 3, 1.0)


def test_reversed_lists_share_all_and_order_nothing() -> None:
    agreement = list_agreement([1, 2, 3], [3, 2, 1])
    assert (agreement.same_first, agreement.shared, agreement.order) == (False, 3, -1.0)


def test_one_exchanged_pair_of_three_leaves_a_third() -> None:
    assert list_agreement([1, 2, 3], [2, 1, 3]).order == pytest.approx(1 / 3)


def test_order_is_not_stated_for_fewer_than_two_shared_items() -> None:
    assert list_agreement([1, 2], [2, 3]).order is None
    assert list_agreement([1, 2], [3, 4]).shared == 0


def test_empty_lists_do_not_agree() -> None:
    assert list_agreement([], []).same_first is False


def test_overlap_counts_early_ranks_more() -> None:
    assert list_agreement([1, 2, 3], [1, 2, 3]).overlap == pytest.approx(1.0)
    assert list_agreement([1, 2, 3], [1, 4, 5]).overlap > list_agreement([1, 2, 3], [4, 5, 1]).overlap > 0
