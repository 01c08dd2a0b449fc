from math import log2

import pytest

from recexplainer_core.evaluation.fidelity.metrics import (
    correlation,
    coverage,
    graded_ndcg,
    hit_rate,
    ndcg,
    order_agreement,
    overlap,
    rank_biased_overlap,
)
from recexplainer_core.evaluation.intervals import Interval, bootstrap_mean


def test_figures_of_lists_worked_out_by_hand():
    target, predicted = [4, 2, 9, 1], [2, 7, 4, 9]
    assert hit_rate(target, predicted, 1) == 0
    assert hit_rate(target, predicted, 3) == 1
    assert ndcg(target, predicted, 5) == pytest.approx(1 / log2(4))
    assert ndcg(target, predicted, 2) == 0
    assert overlap(target, predicted, 4) == 0.75
    assert order_agreement(target, predicted) == pytest.approx(1 / 3)
    assert order_agreement(target, [4, 7]) is None
    assert order_agreement(target, target) == 1
    assert order_agreement(target, target[::-1]) == -1


def test_the_interval_holds_the_mean_and_narrows_with_more_users():
    few, many = bootstrap_mean([0.0, 1.0] * 10, 0), bootstrap_mean([0.0, 1.0] * 1000, 0)
    assert few.low < few.value == 0.5 < few.high
    assert many.high - many.low < (few.high - few.low) / 5
    assert bootstrap_mean([1.0, 1.0], 0) == Interval(value=1.0, low=1.0, high=1.0)
    assert bootstrap_mean([0.0, 1.0] * 10, 0) == few


def test_whole_lists_are_compared_at_every_depth():
    assert rank_biased_overlap([1, 2, 3], [1, 2, 3]) == pytest.approx(1)
    assert rank_biased_overlap([1, 2], [3, 4]) == 0
    assert rank_biased_overlap([1, 2], [2, 1], 0.5) == pytest.approx((0 + 0.5 * 1) / 1.5)
    assert rank_biased_overlap([1, 2, 3], [1, 9, 8]) > rank_biased_overlap([1, 2, 3], [9, 8, 1])


def test_the_papers_gains_flatter_orders_that_are_no_good():
    assert graded_ndcg([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]) == pytest.approx(1)
    assert graded_ndcg([1, 2, 3, 4, 5], [5, 4, 3, 2, 1]) == pytest.approx(0.408, abs=0.01)


def test_coverage_counts_a_title_once():
    assert coverage([1, 2, 2, 3], [2, 2, 9]) == pytest.approx(1 / 3)


def test_correlation_is_pearsons():
    assert correlation([(0, 1), (1, 3), (2, 5)]) == pytest.approx(1)
    assert correlation([(0, 1), (1, 1), (2, 1)]) == 0
