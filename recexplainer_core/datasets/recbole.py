"""RecBole's atomic files: `NAME.inter` and `NAME.item` in one folder, tabs between, types behind the column names."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pandas as pd

from recexplainer_core.catalogue import FILMS, Wording
from recexplainer_core.datasets.choices import histories_of, in_order
from recexplainer_core.datasets.columns import find_columns, ids
from recexplainer_core.datasets.item_rows import attributes_of, catalogue_of
from recexplainer_core.datasets.provenance import Provenance
from recexplainer_core.datasets.readers import Dataset, Reader
from recexplainer_core.datasets.tables import require_folder
from recexplainer_core.datasets.times import seconds
from recexplainer_core.errors import DataError

REMEDY = (
    "recbole:DIR needs DIR/NAME.inter (columns such as user_id:token, item_id:token and timestamp:float, separated by "
    "tabs) and DIR/NAME.item (item_id:token and a title)."
)


def load_recbole(folder: Path) -> Dataset:
    """Read a folder of atomic files.

    Every row is a choice, whatever its rating, as RecBole itself has it unless told otherwise; one that comes again
    counts once.

    Args:
        folder: holds one `.inter` file, or the one that is named like the folder, and the `.item` file beside it.

    Raises:
        DataError: a missing or faulty file, with the line.
    """
    require_folder(folder, REMEDY)
    path = _interactions(folder)
    frame = _read(path)
    found = find_columns(path, frame, ("user", "item"), ("time",))
    said: list[str] = []
    choices = pd.DataFrame({"user": ids(path, frame, found["user"]), "item": ids(path, frame, found["item"])})
    time = found.get("time")
    choices["time"] = seconds(path, frame[time], time) if time else np.arange(len(frame), dtype=float)
    choices = in_order(choices, said)

    item_path = path.with_suffix(".item")
    items = _read(item_path)
    columns = find_columns(item_path, items, ("item", "title"))
    wording = FILMS if "movie" in columns["title"] else Wording()
    catalogue = catalogue_of(
        list(ids(item_path, items, columns["item"])),
        list(items[columns["title"]]),
        attributes_of(items, tuple(columns.values())),
        wording,
        said,
    )
    histories = histories_of(path, choices, catalogue, said)
    read = f"{len(frame):,} rows of {path.name} and {len(items):,} of {item_path.name}"
    provenance = Provenance(
        name=path.stem,
        description=f"{len(catalogue):,} {wording.items} and the histories of {len(histories):,} {wording.users}: "
        f"{'; '.join([read, *said])}.",
        source=f"RecBole's atomic files {path.name} and {item_path.name}",
        licence="not stated in the files; that of the data set they were made from",
        notes=tuple(said),
    )
    return catalogue, histories, provenance


def _interactions(folder: Path) -> Path:
    files = sorted(folder.glob("*.inter"))
    named = folder / f"{folder.resolve().name}.inter"
    if named in files:
        return named
    if len(files) == 1:
        return files[0]
    if not files:
        raise DataError(folder, "there is no .inter file.", REMEDY)
    raise DataError(
        folder,
        f"there are {len(files)} .inter files, {files[0].name} and {files[1].name} among them.",
        f"Leave the one to be read, or name it {named.name}; parts for training and testing are not read.",
    )


def _read(path: Path) -> pd.DataFrame:
    if not path.is_file():
        raise DataError(path, "the file is missing.", REMEDY)
    try:
        frame = pd.read_csv(
            path, sep="\t", dtype=str, keep_default_na=False, encoding="utf-8-sig", quoting=csv.QUOTE_NONE
        )
    except (OSError, ValueError) as fault:
        raise DataError(path, f"cannot be read ({' '.join(str(fault).split())}).", REMEDY) from fault
    if not len(frame):
        raise DataError(path, "has a header but no rows.", REMEDY)
    return frame


READER = Reader(("recbole:DIR",), lambda folder, _: load_recbole(Path(folder).expanduser()))
