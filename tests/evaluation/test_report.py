import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from recexplainer_core.evaluation.intervals import Interval
from recexplainer_core.evaluation.report import Report, UserGroup
from tests.fakes.bundle import fake_histories
from tests.fakes.report import fake_report

FIGURE = {"value": 0.5, "low": 0.4, "high": 0.6}


def test_the_shipped_report_is_read_and_written_as_it_is() -> None:
    path = Path(__file__).parents[2] / "assets" / "demo-pocket" / "report.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    report = Report.model_validate(content)
    assert json.loads(json.dumps(report.to_json())) == content
    assert report.modes["hybrid"]["hr@5"].value == content["modes"]["hybrid"]["hr@5"]["value"]
    assert report.learning_curves["hybrid"][0] == tuple(content["learning curves"]["hybrid"][0])


def test_what_was_not_measured_is_empty_and_not_written() -> None:
    report = Report.model_validate({"users": 3})
    assert not (report.modes or report.groups or report.agreement.modes or report.reasons.modes)
    assert report.target is None and report.origin.commit is None
    assert report.to_json() == {"users": 3}


def test_what_no_field_is_there_for_is_kept() -> None:
    content = fake_report(fake_histories(40)).to_json()
    assert content["k"] == 5
    content["modes"]["hybrid"]["acc@1"]["note"] = "by hand"
    assert Report.model_validate(content).to_json() == content


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ({"modes": {"hybrid": {"acc@1": {"low": 0.1}}}}, ("modes", "hybrid", "acc@1", "value")),
        ({"groups": {"hybrid": {"genres": [{"name": "x", "users": 3, "acc@1": FIGURE}]}}},
         ("groups", "hybrid", "genres", 0, "hr@5")),
        ({"agreement": {"user": ["u"], "modes": {"hybrid": 3}}}, ("agreement", "modes", "hybrid")),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named_as_in_the_file(content: object, where: tuple[object, ...]) -> None:
    with pytest.raises(ValidationError) as found:
        Report.model_validate(content)
    assert found.value.errors()[0]["loc"] == where


def test_groups_are_called_by_their_value_or_range() -> None:
    figures = {"users": 1, "acc@1": Interval(value=0.5), "hr@5": Interval(value=0.5)}
    groups = ({"name": "drama"}, {"from": 3, "to": 1200}, {"from": 4, "to": 4})
    assert [UserGroup.model_validate(common | figures).label for common in groups] == [
        "drama", "3–1,200", "4",
    ]  # fmt: skip
