import pytest

from recexplainer_core.ui.alignment_report.learning_figure import learning_figure, running_mean


def test_the_line_is_a_centred_mean_that_keeps_both_ends() -> None:
    assert running_mean([5, 4, 3, 2, 1, 0]) == pytest.approx([5, 4, 3, 2, 1, 0])
    assert running_mean([0, 0, 5, 0, 0]) == pytest.approx([0, 5 / 3, 1, 5 / 3, 0])
    assert running_mean([]) == []


def test_every_point_is_drawn_on_the_common_scale() -> None:
    figure = learning_figure([[100, 2.0], [200, 1.0]], "hybrid", highest=3.0, lowest=1.0)
    assert list(figure.data[0].y) == [2.0, 1.0]
    low, high = figure.layout.yaxis.range
    assert low < 1.0 and high > 3.0
