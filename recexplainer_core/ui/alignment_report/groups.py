"""Section of the alignment report: for which users the language model agrees less with the target."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.catalogue import with_article
from recexplainer_core.evaluation.report import Report
from recexplainer_core.modes import ALIGNED, AlignmentMode
from recexplainer_core.ui.alignment_report.linked_choice import linked_choice
from recexplainer_core.ui.alignment_report.weak_spots import weak_spots
from recexplainer_core.ui.shared import palette
from recexplainer_core.ui.shared.descriptions import in_percent
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.intervals_figure import IntervalRow, interval_figure
from recexplainer_core.ui.shared.report_missing import draw_missing

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle

FIGURES = {"acc@1": "Acc@1", "hr@5": "HR@5"}


def draw_report_groups(bundle: Bundle) -> None:
    """Draw one picture a mode, a row for every group of users, and name the groups that fall behind."""
    report, words = bundle.report or Report(), bundle.catalogue.wording
    groups = report.groups
    modes = [str(m) for m in (*reversed(ALIGNED), AlignmentMode.NONE) if groups.get(m)]
    if not modes:
        draw_missing(bundle, f"How the figures differ between groups of {words.users} has not been measured")
        return
    ways = list(dict.fromkeys(by for mode in modes for by in groups[mode]))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        by = linked_choice(
            "by",
            f"Group {words.users} by",
            {way: _sentence(way) for way in ways},
            menu=True,
            width=340,
        )
        figure = linked_choice("agreement", "Agreement", FIGURES)
    st.caption(_explained(by, words.users, words.item))
    for column, mode in zip(st.columns(2, gap="large") * 2, modes, strict=False):
        taught = mode in ALIGNED
        mean = report.modes[mode][figure].value
        rows = [
            IntervalRow(
                f"{_shortened(group.label)}  (n={group.users:,})",
                group.figures[figure],
                palette.SURROGATE if taught else palette.QUIET,
            )
            for group in groups[mode].get(by, ())
        ]
        name = mode if taught else "before alignment"
        overall = f"{'dotted: ' if taught else ''}{in_percent(mean)} over all"
        column.plotly_chart(
            interval_figure(
                rows, f"{name}, {FIGURES[figure]}; {overall}", in_percent, ".0%", mean if taught else None
            ),
            key=f"groups_{mode}",
            config={"displayModeBar": False},
            alt=f"{name}: " + "; ".join(f"{row.label} {in_percent(row.figure.value)}" for row in rows),
        )
    st.subheader("Where it falls behind", anchor=False)
    _draw_weak(report, [mode for mode in modes if mode in ALIGNED], figure, words.users)
    if not any("of the first choice" in way and "popularity" not in way for way in ways):
        draw_missing(
            bundle, f"Nothing is grouped by attributes of the {words.item} that the target puts first"
        )


def _draw_weak(report: Report, modes: list[str], figure: str, users: str) -> None:
    lines = [
        f"- **{mode}**: {in_percent(spot.value)} where {markdown_text(spot.by)} is "
        f"{markdown_text(spot.group)} ({spot.users:,} {users}), {in_percent(spot.mean)} over all"
        for mode in modes
        for spot in weak_spots(report, mode, figure)
    ]
    if lines:
        st.markdown("\n".join(lines))
    else:
        st.markdown(f"In no group does the whole interval of {FIGURES[figure]} lie below the mode's mean.")
    st.caption(
        "Groups of all ways of grouping whose 95% interval ends below the mode's mean. With so many groups a few "
        "would do so by chance: look at one before you build on it."
    )


def _explained(by: str, users: str, item: str) -> str:
    if by == "history length":
        return f"{users.capitalize()} by the length of their whole history, in groups of about the same size."
    if by.startswith("popularity"):
        return (
            f"{users.capitalize()} by how often everybody else chose the {item} that the target puts first, "
            "in groups of about the same size."
        )
    return (
        f"{users.capitalize()} by an attribute of the {item} that the target puts first: its most common values. "
        f"{with_article(item).capitalize()} with several values counts under each."
    )


def _sentence(way: str) -> str:
    return way[:1].upper() + way[1:]


def _shortened(label: str) -> str:
    return label if len(label) <= 22 else f"{label[:21].rstrip()}…"
