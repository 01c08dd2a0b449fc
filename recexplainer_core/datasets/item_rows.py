"""From rows of items to a catalogue, the same way for every table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from recexplainer_core.catalogue import Catalogue, Wording, distinguish_titles
from recexplainer_core.datasets.tables import split_values
from recexplainer_core.datasets.titles import first_left_out, item_title, shorten
from recexplainer_core.datasets.typed_columns import split_name, spread
from recexplainer_core.datasets.values import LONGEST_VALUE, cut_values

_LONGEST_HINT = 30
_TEXT = 0.1
"""Part of a column's values that may be long: past it the column holds texts, which describe nothing in a word."""

_Column = list[tuple[str, ...]]


def catalogue_of(
    item_ids: Sequence[str],
    titles: Sequence[object],
    attributes: Mapping[str, Sequence[tuple[str, ...]]],
    wording: Wording,
    said: list[str],
) -> Catalogue:
    """Return a catalogue; an id that comes again is left out, equal titles are told apart.

    Args:
        item_ids: n ids.
        titles: n titles as they are written; one that is empty is replaced.
        attributes: name -> n tuples of values.
        wording: what things are called.
        said: what was done is added here.
    """
    repeated = pd.Series(list(item_ids), dtype=object).duplicated()
    rows = [row for row, again in enumerate(repeated) if not again]
    if len(rows) < len(item_ids):
        said.append(f"{len(item_ids) - len(rows):,} further rows of items left out, whose ids came before")
    kept = {name: [column[row] for row in rows] for name, column in attributes.items()}
    cut = cut_values(_without_texts(kept, said), said)
    named, hints = [], []
    for number, row in enumerate(rows):
        title = item_title(str(titles[row]))
        short = shorten(title) if title not in ("", "nan", "None") else ""
        named.append(short or f"Untitled {wording.item} {item_ids[row]}")
        marks = [values[number][0] for values in cut.values() if len(values[number]) == 1]
        left_out = first_left_out(title, short) if short else ""
        hints.append([left_out, *(one for one in marks if len(one) <= _LONGEST_HINT), item_ids[row]])
    return Catalogue([item_ids[row] for row in rows], distinguish_titles(named, hints), cut, wording)


def attributes_of(frame: pd.DataFrame, taken: Sequence[str]) -> dict[str, _Column]:
    """Return the values of every column that is not taken; the name may say the type, as RecBole's do."""
    attributes: dict[str, _Column] = {}
    for column in (str(one) for one in frame.columns if str(one) not in taken):
        name, kind = split_name(column)
        attributes[name] = [
            values_of(spread(cell, kind) if isinstance(cell, str) else cell) for cell in frame[column]
        ]
    return attributes


def values_of(cell: object) -> tuple[str, ...]:
    """Return the values of one cell: a list, a number, or a text that separates them by `|`."""
    if isinstance(cell, (list, tuple, np.ndarray)):
        return tuple(dict.fromkeys(value for one in cell for value in values_of(one)))
    if cell is None or (isinstance(cell, float) and np.isnan(cell)):
        return ()
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    return split_values(text)


def _without_texts(attributes: Mapping[str, _Column], said: list[str]) -> dict[str, _Column]:
    kept: dict[str, _Column] = {}
    texts: list[str] = []
    for name, column in attributes.items():
        lengths = [len(value) for values in column for value in values]
        if sum(length > LONGEST_VALUE for length in lengths) > _TEXT * len(lengths):
            texts.append(name)
        elif lengths:
            kept[name] = column
    if texts:
        said.append(f"columns of long texts left out: {', '.join(texts)}")
    return kept
