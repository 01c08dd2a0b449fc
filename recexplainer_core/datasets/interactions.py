"""One's own tables: `table:INTERACTIONS,ITEMS`, each a CSV, TSV, Parquet or JSON-lines file.

The first has a row for each choice: who, what, and if possible when and a rating. The second has a row for each item,
its title and whatever else is known of it. Columns are found by their names. Where there is no second file, the first
one has to hold the titles.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from recexplainer_core.catalogue import Catalogue, Wording
from recexplainer_core.datasets.choices import histories_of, in_order, liked
from recexplainer_core.datasets.columns import find_columns, ids, read_frame
from recexplainer_core.datasets.item_rows import attributes_of, catalogue_of
from recexplainer_core.datasets.provenance import Provenance
from recexplainer_core.datasets.readers import Dataset, Reader
from recexplainer_core.datasets.times import seconds
from recexplainer_core.errors import DataError
from recexplainer_core.fingerprints import path_fingerprint


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
        choices = choices[liked(path, frame[found["rating"]], found["rating"], said)]
    choices = in_order(choices, said)
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
    histories = histories_of(path, choices, catalogue, said)
    provenance = Provenance(
        name=path.name,
        description=f"{len(catalogue):,} items and the histories of {len(histories):,} users: {'; '.join(said)}.",
        source=f"the file {path.name}",
        licence="not stated in the files; ask whoever they came from",
        notes=tuple(said[1:]),
    )
    return catalogue, histories, provenance


def _catalogue(path: Path, frame: pd.DataFrame, said: list[str]) -> Catalogue:
    found = find_columns(path, frame, ("item", "title"))
    item_ids = list(ids(path, frame, found["item"]))
    attributes = attributes_of(frame, tuple(found.values()))
    return catalogue_of(item_ids, list(frame[found["title"]]), attributes, Wording(), said)


def _fingerprint(argument: str) -> str | None:
    prints = [path_fingerprint(Path(part.strip()).expanduser()) for part in argument.split(",")]
    return None if None in prints else "".join(str(one) for one in prints)


READER = Reader(("table:FILE",), lambda argument, _: load_table(argument), fingerprint=_fingerprint)
