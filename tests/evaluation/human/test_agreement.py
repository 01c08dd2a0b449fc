import pytest

from recexplainer_core.evaluation.human.agreement import by_text, cohens_kappa, krippendorffs_alpha

# K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section C: four observers, twelve units, gaps.
PUBLISHED = """
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 .
"""


def test_alpha_of_the_published_example() -> None:
    ratings = {
        str(rater): {unit: int(level) for unit, level in enumerate(row.split()) if level != "."}
        for rater, row in enumerate(PUBLISHED.strip().splitlines())
    }
    assert krippendorffs_alpha(by_text(ratings)) == pytest.approx(0.815, abs=5e-4)


def test_alpha_is_one_for_the_same_and_below_zero_for_the_opposite() -> None:
    assert krippendorffs_alpha([[0, 0], [3, 3], [1, 1, 1]]) == pytest.approx(1)
    opposite = krippendorffs_alpha([[0, 3], [3, 0], [0, 3]])
    assert opposite is not None and opposite < 0


@pytest.mark.parametrize("texts", [[], [[2]], [[2, 2], [2, 2]], [[0], [3, 3]]])
def test_alpha_is_undefined_where_nothing_differs(texts: list[list[int]]) -> None:
    assert krippendorffs_alpha(texts) is None


def test_kappa_by_hand() -> None:
    one, other = [0, 0, 3, 3], [0, 3, 3, 3]
    # Observed .75, expected .5 * .25 + .5 * .75 = .5.
    assert cohens_kappa(one, other) == pytest.approx(0.5)
    near, far = cohens_kappa([0, 1, 2, 3], [1, 1, 2, 3], True), cohens_kappa([0, 1, 2, 3], [3, 1, 2, 3], True)
    assert near is not None and far is not None and near > far


@pytest.mark.parametrize("levels", [[], [2, 2, 2]])
def test_kappa_is_undefined_where_nothing_differs(levels: list[int]) -> None:
    assert cohens_kappa(levels, levels) is None
