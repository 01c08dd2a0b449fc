from recexplainer_core.evaluation.intervals import Interval
from recexplainer_core.ui.shared.intervals_figure import IntervalRow, interval_figure

SHARE = Interval(value=0.5, low=0.4, high=0.6)


def test_the_axis_reaches_as_far_as_the_intervals() -> None:
    rows = [
        IntervalRow("a", Interval(value=-0.2, low=-0.5, high=0.1)),
        IntervalRow("b", Interval(value=1.9, low=1.5, high=2.4)),
    ]
    low, high = interval_figure(rows, "t", str, "~g").layout.xaxis.range
    assert low < -0.5 and high > 2.4


def test_shares_have_the_axis_of_shares() -> None:
    figure = interval_figure([IntervalRow("a", SHARE)], "t", str, ".0%")
    assert list(figure.layout.xaxis.tickvals) == [0, 0.25, 0.5, 0.75, 1]


def test_labels_are_text_and_a_reference_is_a_line() -> None:
    figure = interval_figure([IntervalRow("<b>x</b>", SHARE)], "t", str, "~g", reference=0.3)
    assert list(figure.data[-1].y) == ["&lt;b&gt;x&lt;/b&gt;"]
    assert figure.layout.shapes[0].x0 == 0.3
