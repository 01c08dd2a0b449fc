"""A report as one long table: a row for every number, with what it is a number of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from recexplainer_core.evaluation.intervals import Interval
from recexplainer_core.evaluation.report import Report
from recexplainer_core.ui.shared.spreadsheet import record_csv

Row = dict[str, object]
COLUMNS = (
    "section",
    "who",
    "compared_with",
    "figure",
    "group_by",
    "group",
    "at",
    "value",
    "low",
    "high",
    "n",
)
"""`at` is a place on an axis: a stated chance, or examples seen; `n` counts users, questions or reasons."""


def report_rows(report: Report) -> Iterator[Row]:
    """Yield every number of a report; sections that it lacks are left out."""
    for who, figures in report.modes.items():
        for name, figure in figures.items():
            yield _row("fidelity", who, name, figure, n=report.users)
    for name, value in report.target.to_json().items() if report.target else ():
        yield _row("target", "target", name, Interval(value=value))
    for who, groupings in report.groups.items():
        for by, groups in groupings.items():
            for group in groups:
                for name, figure in group.figures.items():
                    yield _row("groups", who, name, figure, group_by=by, group=group.label, n=group.users)
    for who, bins in report.calibration.items():
        for one in bins:
            right = Interval(value=one.right)
            yield _row("calibration", who, "right", right, at=one.chance, n=one.questions)
    for who, points in report.learning_curves.items():
        for examples, loss in points:
            yield _row("learning", who, "training loss", Interval(value=loss), at=examples)
    reasons = report.reasons
    for who, figures in reasons.modes.items():
        for name, figure in figures.items():
            yield _row("reasons", who, name, figure, n=reasons.explanations)
    for who, others in reasons.beside.items():
        for other, figures in others.items():
            for name, figure in figures.items():
                yield _row("reasons", who, name, figure, compared_with=other, n=reasons.explanations)


def report_csv(report: Report, parameters: Mapping[str, object]) -> str:
    """Return the table as CSV; `parameters` are repeated in every row, so that it says where it comes from."""
    return record_csv([*COLUMNS, *parameters], ({**row, **parameters} for row in report_rows(report)))


def _row(section: str, who: str, name: str, figure: Interval, **rest: object) -> Row:
    ends = {"low": figure.low, "high": figure.high} if figure.low is not None else {}
    row = {"section": section, "who": who, "figure": name, "value": figure.value, **ends, **rest}
    return {column: row.get(column, "") for column in COLUMNS}
