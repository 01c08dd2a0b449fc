"""One's own tables: `table:INTERACTIONS,ITEMS`, each a CSV, TSV, Parquet or JSON-lines file.

The first has a row for each choice: who, what, and if possible when and a rating. The second has a row for each item,
its title and whatever else is known of it. Columns are found by their names. Where there is no second file, the first
one has to hold the titles.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from recexplainer_core.catalogue import Catalogue, Wording, distinguish_titles
from recexplainer_core.datasets.columns import find_columns, ids, read_frame
from recexplainer_core.datasets.provenance import Provenance
from recexplainer_core.datasets.readers import Dataset, Reader
from recexplainer_core.datasets.tables import split_values
from recexplainer_core.datasets.times import seconds
from recexplainer_core.datasets.titles import first_left_out, readable, shorten
from recexplainer_core.errors import DataError
from recexplainer_core.fingerprints import path_fingerprint
from recexplainer_core.histories import Histories

_LIKED = 0.8
"""Part of the largest rating from which on something counts as chosen, where ratings are given."""
_LONGEST_VALUE = 60
"""Characters of a value: an attribute with longer ones is a text, and left out."""
_LONGEST_HINT = 30
_MOST_UNKNOWN = 0.5


def load_table(argument: str) -> Dataset:
    """Read one or two tables.

    Args:
        argument: the file of interactions, and behind a comma that of items.

    Raises:
        DataError: a file or column is missing, or a cell cannot be read, with its line.
    """
    path, *others = (Path(part.strip()).expanduser() for part in argument.split(","))
    if len(others) > 1:
        raise DataError(
            argument, f"names {1 + len(others)} files.", "Name one file, or two with a comma between."
        )
    frame = read_frame(path)
    found = find_columns(path, frame, ("user", "item"), ("time", "rating", "title"))
    said: list[str] = [f"{len(frame):,} rows"]
    choices = pd.DataFrame({"user": ids(path, frame, found["user"]), "item": ids(path, frame, found["item"])})
    choices["time"] = (
        seconds(path, frame[found["time"]], found["time"])
        if "time" in found
        else np.arange(len(frame), dtype=float)
    )
    if "rating" in found:
        choices = choices[_liked(path, frame, found["rating"], said)]
    choices = choices.sort_values("time", kind="stable")
    once = ~choices.duplicated(["user", "item"])
    if not once.all():
        said.append(f"{int((~once).sum()):,} repeated choices counted once")
        choices = choices[once]
    if others:
        catalogue = _catalogue(others[0], read_frame(others[0]), said)
    elif "title" in found:
        kept = frame.loc[~ids(path, frame, found["item"]).duplicated()]
        catalogue = _catalogue(path, kept[[found["item"], found["title"]]], said)
    else:
        raise DataError(
            path,
            "holds no titles, and no file of items is named.",
            "Write table:INTERACTIONS,ITEMS with both files.",
        )
    return catalogue, *_histories(path, choices, catalogue, said)


def _liked(path: Path, frame: pd.DataFrame, column: str, said: list[str]) -> pd.Series:
    ratings = pd.to_numeric(frame[column], errors="coerce")
    wrong = np.flatnonzero(ratings.isna())
    if len(wrong):
        value = frame[column].iloc[int(wrong[0])]
        raise DataError(path, f"{value!r} in {column} is no number.", "Give numbers.", int(wrong[0]) + 2)
    least = _LIKED * float(ratings.max())
    liked = ratings >= least
    if not liked.all():
        said.append(f"{int((~liked).sum()):,} with a rating below {least:g} left out")
    return liked


def _catalogue(path: Path, frame: pd.DataFrame, said: list[str]) -> Catalogue:
    found = find_columns(path, frame, ("item", "title"))
    item_ids = ids(path, frame, found["item"])
    twice = np.flatnonzero(item_ids.duplicated())
    if len(twice):
        said.append(f"{len(twice):,} further rows of items left out, whose ids came before")
        frame, item_ids = frame.loc[~item_ids.duplicated()], item_ids[~item_ids.duplicated()]
    titles, hints, attributes = [], [], _attributes(frame, tuple(found.values()), said)
    for row, (item_id, given) in enumerate(zip(item_ids, frame[found["title"]].astype(str), strict=True)):
        title = readable(given)
        short = shorten(title) if title and title not in ("nan", "None") else ""
        titles.append(short or f"Untitled item {item_id}")
        marks = [values[row][0] for values in attributes.values() if len(values[row]) == 1]
        hints.append(
            [first_left_out(title, short), *(one for one in marks if len(one) <= _LONGEST_HINT), item_id]
        )
    return Catalogue(list(item_ids), distinguish_titles(titles, hints), attributes, Wording())


def _attributes(
    frame: pd.DataFrame, taken: Sequence[str], said: list[str]
) -> dict[str, list[tuple[str, ...]]]:
    attributes: dict[str, list[tuple[str, ...]]] = {}
    texts: list[str] = []
    for name in (str(one) for one in frame.columns if str(one) not in taken):
        values = [_values(cell) for cell in frame[name]]
        longest = max((len(value) for row in values for value in row), default=0)
        if longest > _LONGEST_VALUE:
            texts.append(name)
        elif longest:
            attributes[name.split(":")[0]] = values
    if texts:
        said.append(f"columns of long texts left out: {', '.join(texts)}")
    return attributes


def _values(cell: object) -> tuple[str, ...]:
    if isinstance(cell, (list, tuple, np.ndarray)):
        return tuple(dict.fromkeys(str(value).strip() for value in cell if str(value).strip()))
    if cell is None or (isinstance(cell, float) and np.isnan(cell)):
        return ()
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    return split_values(text)


def _histories(
    path: Path, choices: pd.DataFrame, catalogue: Catalogue, said: list[str]
) -> tuple[Histories, Provenance]:
    numbers = choices["item"].map(catalogue.by_id)
    unknown = numbers.isna()
    if unknown.mean() > _MOST_UNKNOWN:
        first = choices["item"][unknown].iloc[0]
        raise DataError(
            path,
            f"{int(unknown.sum()):,} of {len(choices):,} choices are of items without a row, {first!r} among them.",
            f"The ids have to be those of the items, such as {catalogue.item_ids[0]!r}.",
        )
    if unknown.any():
        said.append(f"{int(unknown.sum()):,} choices of items without a row left out")
    choices = choices.assign(item=numbers)[~unknown]
    numbered, names = pd.factorize(choices["user"])
    order = np.argsort(numbered, kind="stable")  # everybody's choices together, still in order of time
    offsets = np.concatenate([[0], np.cumsum(np.bincount(numbered, minlength=len(names)))]).astype(np.int64)
    items = choices["item"].to_numpy(dtype=np.int32)[order]
    histories = Histories([str(name) for name in names], offsets, items)
    provenance = Provenance(
        name=path.name,
        description=f"{len(catalogue):,} items and the histories of {len(histories):,} users: {'; '.join(said)}.",
        source=f"the file {path.name}",
        licence="not stated in the files; ask whoever they came from",
        notes=tuple(said[1:]),
    )
    return histories, provenance


def _fingerprint(argument: str) -> str | None:
    prints = [path_fingerprint(Path(part.strip()).expanduser()) for part in argument.split(",")]
    return None if None in prints else "".join(str(one) for one in prints)


READER = Reader(("table:FILE",), lambda argument, _: load_table(argument), fingerprint=_fingerprint)
