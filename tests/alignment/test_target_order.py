import pytest

from recexplainer_core.alignment.target_order import chance_of_yes


@pytest.mark.parametrize(
    ("percentile", "chance"), [(0.0, 1.0), (0.2, 1.0), (0.35, 0.5), (0.5, 0.0), (0.9, 0.0)]
)
def test_between_the_liked_and_the_disliked_both_answers_may_be_right(percentile, chance):
    assert chance_of_yes(percentile) == pytest.approx(chance)
