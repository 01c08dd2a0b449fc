import csv
import io

from recexplainer_core.evaluation.report import Report
from recexplainer_core.ui.alignment_report.rows import COLUMNS, report_csv, report_rows
from tests.fakes.bundle import fake_histories
from tests.fakes.report import fake_report

REPORT = fake_report(fake_histories(40))


def test_every_number_is_a_row_with_what_made_it() -> None:
    text = report_csv(REPORT, {"bundle": "demo", "manifest_sha256": "abc"})
    rows = list(csv.DictReader(io.StringIO(text)))
    assert list(rows[0]) == [*COLUMNS, "bundle", "manifest_sha256"]
    assert {row["section"] for row in rows} == {
        "fidelity", "target", "groups", "calibration", "learning", "reasons",
    }  # fmt: skip
    assert {row["manifest_sha256"] for row in rows} == {"abc"}
    (one,) = [r for r in rows if (r["section"], r["who"], r["figure"]) == ("fidelity", "hybrid", "acc@1")]
    assert (float(one["value"]), float(one["low"]), one["n"]) == (0.62, 0.58, "300")
    (beside,) = [r for r in rows if r["who"] == "hybrid" and r["compared_with"] == "oracle"]
    assert float(beside["value"]) == 0.9
    curve = [
        (int(r["at"]), float(r["value"])) for r in rows if r["who"] == "hybrid" and r["section"] == "learning"
    ]
    assert curve == [(100, 2.5), (200, 1.5), (300, 1.25)]


def test_what_is_not_in_the_report_has_no_rows() -> None:
    assert list(report_rows(Report())) == []


def test_no_cell_is_a_formula() -> None:
    report = {
        "groups": {
            "hybrid": {
                "genres": [{"name": "=1+1", "users": 2, "acc@1": {"value": 0.5}, "hr@5": {"value": 0.5}}]
            }
        }
    }
    rows = list(csv.DictReader(io.StringIO(report_csv(Report.model_validate(report), {}))))
    assert [row["group"] for row in rows] == ["'=1+1"] * 2
