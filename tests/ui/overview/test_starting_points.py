from pathlib import Path

import numpy as np

from recexplainer_core.evaluation.report import Agreement, ModeAgreement, Report
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.ui.overview.starting_points import starting_points
from tests.fakes.bundle import write_fake_bundle
from tests.fakes.report import AGREEING, DISAGREEING


def test_who_agrees_most_and_least_and_who_has_seen_most(tmp_path: Path) -> None:
    bundle = write_fake_bundle(tmp_path / "fake")
    most, least, longest = starting_points(bundle)  # type: ignore[arg-type]
    assert (most.why, most.user, most.mode, most.same_first) == (
        "agreeing", AGREEING, AlignmentMode.HYBRID, True,
    )  # fmt: skip
    assert (least.why, least.user, least.shared, least.overlap) == ("disagreeing", DISAGREEING, 1, 0.11)
    held_out = np.flatnonzero(bundle.held_out)
    assert bundle.held_out[longest.user]
    assert bundle.histories.lengths[longest.user] == bundle.histories.lengths[held_out].max()


def test_a_mode_that_the_bundle_lacks_is_not_offered(tmp_path: Path) -> None:
    bundle = write_fake_bundle(tmp_path / "fake", modes=[AlignmentMode.BEHAVIOUR])
    assert starting_points(bundle)[0].mode is AlignmentMode.BEHAVIOUR  # type: ignore[arg-type]


def test_without_agreement_there_is_still_the_longest_history(tmp_path: Path) -> None:
    bundle = write_fake_bundle(tmp_path / "fake")
    other = ModeAgreement(same_first=[True], shared=[3], rbo_at_10=[0.4])
    of_other_histories = Report(agreement=Agreement(user=["x"], modes={"hybrid": other}))
    for report in (None, Report(users=3), of_other_histories):
        bundle.report = report
        assert [p.why for p in starting_points(bundle)] == ["longest"]  # type: ignore[arg-type]
