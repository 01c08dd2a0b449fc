"""A reader of one CSV file: a column `user` and a column `title`, one choice a row, each user's oldest first."""

from __future__ import annotations

from pathlib import Path

from recexplainer_core.catalogue import Catalogue, distinguish_titles
from recexplainer_core.datasets.provenance import Provenance
from recexplainer_core.datasets.readers import Dataset, Reader, ReadOptions
from recexplainer_core.datasets.tables import read_table
from recexplainer_core.histories import Histories

REMEDY = "csv:FILE needs the columns user and title."


def read_csv(argument: str, options: ReadOptions) -> Dataset:
    """Read the file; `read_table` raises a DataError that names file, line and remedy."""
    path = Path(argument).expanduser()
    chosen: dict[str, list[str]] = {}
    for _, row in read_table(path, ("user", "title"), REMEDY):
        chosen.setdefault(row["user"], []).append(row["title"])
    item_ids = sorted({title for titles in chosen.values() for title in titles})
    catalogue = Catalogue(item_ids, distinguish_titles(item_ids, [[] for _ in item_ids]))
    histories = Histories.from_lists(
        [[catalogue.by_id[title] for title in titles] for titles in chosen.values()], list(chosen)
    )
    provenance = Provenance(
        name=path.stem,
        description=f"{len(catalogue)} items chosen by {len(histories)} users.",
        source=path.name,
        licence="not stated in the file",
    )
    return catalogue, histories, provenance


READER = Reader(("csv:FILE",), read_csv)
