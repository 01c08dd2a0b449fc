"""Tables as people have them: CSV, TSV, Parquet or JSON lines, and which column of one is which."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from recexplainer_core.errors import DataError

NAMES: Mapping[str, tuple[str, ...]] = {
    "user": ("userid", "user", "uid", "reviewerid", "customerid", "customer", "visitorid", "memberid", "userindex"),
    "item": (
        *("itemid", "item", "iid", "movieid", "productid", "product", "asin", "parentasin", "bookid", "gameid"),
        *("articleid", "trackid", "songid", "contentid", "sku", "isbn", "itemindex", "id"),
    ),
    "time": ("timestamp", "time", "date", "datetime", "unixreviewtime", "unixtime", "createdat", "ts", "eventtime"),
    "rating": ("rating", "overall", "stars", "score", "ratings"),
    "title": ("title", "itemname", "name", "movietitle", "producttitle", "productname", "booktitle", "itemtitle"),
}  # fmt: skip
"""What a column holds -> the names under which it is known, small and without marks."""
_SEPARATORS = ("\t", ",", ";", "|")


def read_frame(path: Path) -> pd.DataFrame:
    """Read a table; texts stay as they are written, leading zeros included.

    Raises:
        DataError: it is missing, or cannot be read.
    """
    suffix = next((one for one in reversed(path.suffixes) if one != ".gz"), "")
    if not path.is_file():
        raise DataError(path, "there is no such file.", "Name a CSV, TSV, Parquet or JSON-lines file.")
    try:
        if suffix == ".parquet":
            frame: pd.DataFrame = pq.read_table(path).to_pandas()
            return frame
        if suffix in (".jsonl", ".json", ".ndjson"):
            return pd.read_json(path, lines=True, dtype=False, convert_dates=False)
        if suffix in (".csv", ".tsv", ".txt", ".tab"):
            separator = _separator(path)
            return pd.read_csv(path, sep=separator, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (OSError, ValueError, pa.ArrowException) as fault:
        raise DataError(path, f"cannot be read ({fault}).", "Save it as UTF-8 text or as Parquet.") from fault
    raise DataError(
        path, f"{suffix or 'no suffix'} is no known kind of table.", "Use .csv, .tsv, .parquet or .jsonl."
    )


def find_columns(
    path: Path, frame: pd.DataFrame, needed: Sequence[str], wanted: Sequence[str] = ()
) -> dict[str, str]:
    """Return what is in which column, by the columns' names.

    Raises:
        DataError: a column that is needed is not there.
    """
    plain = {
        re.sub(r"[^a-z0-9]", "", str(name).split(":")[0].lower()): str(name)
        for name in reversed(frame.columns)
    }
    found: dict[str, str] = {}
    for what in (*needed, *wanted):
        name = next(
            (plain[one] for one in NAMES[what] if one in plain and plain[one] not in found.values()), None
        )
        if name is not None:
            found[what] = name
        elif what in needed:
            raise DataError(
                path,
                f"no column is known to hold the {what}; there are {', '.join(map(str, frame.columns))}.",
                f"Name one of them {NAMES[what][0]} (or {', '.join(NAMES[what][1:4])}).",
            )
    return found


def ids(path: Path, frame: pd.DataFrame, column: str) -> pd.Series:
    """Return ids as text; numbers that are whole lose their ".0".

    Raises:
        DataError: an id is missing, with its line.
    """
    values = frame[column]
    if pd.api.types.is_float_dtype(values):
        whole = values.dropna() % 1 == 0
        values = values.astype("Int64").astype(str) if whole.all() else values.astype(str)
    texts = values.astype(str).str.strip()
    if texts.str.fullmatch(r"-?\d+\.0").all():
        texts = texts.str.removesuffix(".0")
    empty = np.flatnonzero(frame[column].isna() | texts.isin(["", "nan", "None", "<NA>"]))
    if len(empty):
        raise DataError(
            path, f"the {column} is empty.", "Fill it in or leave the line out.", int(empty[0]) + 2
        )
    return texts


def _separator(path: Path) -> str:
    import gzip

    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8-sig") as file:
        head = file.readline()
    return max(_SEPARATORS, key=lambda one: (head.count(one), -_SEPARATORS.index(one)))
