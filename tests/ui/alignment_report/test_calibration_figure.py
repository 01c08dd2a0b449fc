import pytest

from recexplainer_core.evaluation.report import CalibrationBin
from recexplainer_core.ui.alignment_report.calibration_figure import calibration_figure, calibration_gap

BINS = [
    CalibrationBin(chance=0.1, right=0.2, questions=100),
    CalibrationBin(chance=0.9, right=0.9, questions=300),
]


def test_the_gap_weighs_tenths_by_their_questions() -> None:
    assert calibration_gap(BINS) == pytest.approx(0.025)
    assert calibration_gap([]) == 0


def test_a_dot_for_every_tenth_larger_where_more_was_asked() -> None:
    dots = calibration_figure(BINS, "hybrid").data[1]
    assert (list(dots.x), list(dots.y)) == ([0.1, 0.9], [0.2, 0.9])
    assert dots.marker.size[0] < dots.marker.size[1]
