from recexplainer_core.evaluation.intervals import Interval
from recexplainer_core.ui.shared.fidelity_figure import fidelity_figure

FIGURES = {"acc@1": Interval(value=0.5, low=0.4, high=0.6)}


def test_a_row_for_every_mode_and_baseline_that_was_measured() -> None:
    figure = fidelity_figure({"random": FIGURES, "hybrid": FIGURES, "none": {}}, "acc@1", "Acc@1")
    assert list(figure.data[-1].y) == ["hybrid", "random"]
    assert [note.text for note in figure.layout.annotations] == ["50%", "50%"]


def test_intervals_are_drawn_from_low_to_high() -> None:
    figure = fidelity_figure({"hybrid": FIGURES}, "acc@1", "Acc@1")
    assert (0.4, 0.6) in [tuple(trace.x) for trace in figure.data]


def test_small_shares_keep_a_decimal() -> None:
    figure = fidelity_figure({"none": {"acc@1": Interval(value=0.012)}}, "acc@1", "Acc@1")
    assert figure.layout.annotations[0].text == "1.2%"
