"""Measured figures as tables for the screen: one row each, its definition beside it."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

import pandas as pd

from recexplainer_core.evaluation.definitions import Definition
from recexplainer_core.evaluation.intervals import Interval
from recexplainer_core.evaluation.report import Figures
from recexplainer_core.ui.shared.escaping import markdown_text

_PIECE = 30
"""Characters of a definition that stay on one line."""


def number(value: float) -> str:
    """Return a figure with three decimals, its minus sign a real one."""
    return f"{value:.3f}".replace("-", "\N{MINUS SIGN}")


def interval_words(figure: Interval) -> tuple[str, str]:
    """Return a value and its interval in words, the latter empty where there is none."""
    if figure.low is None or figure.high is None:
        return number(figure.value), ""
    low, high = (f"{end:.2f}".replace("-", "\N{MINUS SIGN}") for end in (figure.low, figure.high))
    return number(figure.value), f"{low}\N{NO-BREAK SPACE}to\N{NO-BREAK SPACE}{high}"


def measured(definitions: Mapping[str, Definition], columns: Mapping[str, Figures]) -> dict[str, Definition]:
    """Return the definitions of those figures that any column has."""
    return {
        key: one for key, one in definitions.items() if any(key in figures for figures in columns.values())
    }


def figure_table(
    definitions: Mapping[str, Definition],
    columns: Mapping[str, Figures],
    contenders: Sequence[str],
) -> pd.DataFrame:
    """Return Markdown cells: name, one column each with value and interval, definition.

    Args:
        definitions: of the figures, in the order of the rows; those that no column has are left out.
        columns: heading -> figures.
        contenders: headings of the columns among which the best value of a row is set in bold.
    """
    rows = []
    for key, definition in measured(definitions, columns).items():
        best = _best(key, definition, {name: columns[name] for name in contenders if name in columns})
        row = {"Figure": f"**{markdown_text(definition.name)}**"}
        for name, figures in columns.items():
            row[markdown_text(name)] = _cell(figures[key], name in best) if key in figures else ""
        direction = f":gray[{_in_pieces(definition.direction.capitalize())}.]"
        row["What it says"] = f"{_in_pieces(definition.says)} {direction}"
        rows.append(row)
    return pd.DataFrame(rows)


def _best(key: str, definition: Definition, columns: Mapping[str, Figures]) -> set[str]:
    values = {name: figures[key].value for name, figures in columns.items() if key in figures}
    if len(values) < 2 or definition.good == "neither" or len(set(values.values())) == 1:
        return set()
    best = max(values.values()) if definition.good == "high" else min(values.values())
    return {name for name, value in values.items() if value == best}


def _in_pieces(text: str) -> str:
    """Return Markdown of the text that breaks only between pieces: on a phone a column of it stays wide enough."""
    pieces = textwrap.wrap(text, _PIECE, break_long_words=False, break_on_hyphens=False)
    return " ".join(markdown_text(piece).replace(" ", "\N{NO-BREAK SPACE}") for piece in pieces)


def _cell(figure: Interval, bold: bool) -> str:
    value, interval = interval_words(figure)
    return f"{f'**{value}**' if bold else value} :gray[{interval}]" if interval else value
