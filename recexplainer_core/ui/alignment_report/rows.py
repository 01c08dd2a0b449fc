"""A report as one long table: a row for every number, with what it is a number of."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

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


def report_rows(report: Mapping[str, Any]) -> Iterator[Row]:
    """Yield every number of a report; sections that it lacks are left out.

    Args:
        report: content of report.json.
    """
    users = report.get("users")
    for who, figures in report.get("modes", {}).items():
        for figure, interval in figures.items():
            yield _row("fidelity", who, figure, interval, n=users)
    for figure, value in report.get("target", {}).items():
        yield _row("target", "target", figure, {"value": value})
    for who, groupings in report.get("groups", {}).items():
        for by, groups in groupings.items():
            for group in groups:
                for figure in ("acc@1", "hr@5"):
                    named = {"group_by": by, "group": group_label(group), "n": group["users"]}
                    yield _row("groups", who, figure, group[figure], **named)
    for who, bins in report.get("calibration", {}).items():
        for one in bins:
            yield _row(
                "calibration", who, "right", {"value": one["right"]}, at=one["chance"], n=one["questions"]
            )
    for who, points in report.get("learning curves", {}).items():
        for examples, loss in points:
            yield _row("learning", who, "training loss", {"value": loss}, at=examples)
    reasons = report.get("reasons", {})
    for who, figures in reasons.get("modes", {}).items():
        for figure, interval in figures.items():
            yield _row("reasons", who, figure, interval, n=reasons["explanations"])
    for who, others in reasons.get("beside", {}).items():
        for other, figures in others.items():
            for figure, interval in figures.items():
                yield _row("reasons", who, figure, interval, compared_with=other, n=reasons["explanations"])


def report_csv(report: Mapping[str, Any], parameters: Mapping[str, object]) -> str:
    """Return the table as CSV; `parameters` are repeated in every row, so that it says where it comes from."""
    out = io.StringIO()
    writer = csv.DictWriter(out, [*COLUMNS, *parameters], lineterminator="\n")
    writer.writeheader()
    for row in report_rows(report):
        writer.writerow({name: _plain(value) for name, value in (row | dict(parameters)).items()})
    return out.getvalue()


def group_label(group: Mapping[str, Any]) -> str:
    """Return what a group of users has in common: a value, or a range of counts."""
    if "name" in group:
        return str(group["name"])
    low, high = group["from"], group["to"]
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def _row(section: str, who: str, figure: str, interval: Mapping[str, Any], **rest: object) -> Row:
    found: Row = dict.fromkeys(COLUMNS, "")
    found |= {"section": section, "who": who, "figure": figure, "value": interval["value"]}
    return found | {name: interval[name] for name in ("low", "high") if name in interval} | rest


def _plain(value: object) -> object:
    """Return text that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
