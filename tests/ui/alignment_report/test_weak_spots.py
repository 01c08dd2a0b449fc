from recexplainer_core.ui.alignment_report.weak_spots import weak_spots
from tests.fakes.bundle import fake_histories
from tests.fakes.report import fake_report

REPORT = fake_report(fake_histories(40))


def test_a_group_whose_whole_interval_lies_below_the_mean_is_one() -> None:
    (spot,) = weak_spots(REPORT, "hybrid", "acc@1")
    assert (spot.by, spot.group, spot.users, spot.value, spot.mean) == (
        "history length",
        "15–18",
        40,
        0.3,
        0.62,
    )


def test_a_group_whose_interval_reaches_the_mean_is_none() -> None:
    assert weak_spots(REPORT, "hybrid", "hr@5") == []
