"""The demo: real films from a table written for this project, chosen by simulated viewers."""

from __future__ import annotations

import re
from pathlib import Path

from recexplainer_core.catalogue import FILMS, Catalogue, distinguish_titles, normalise_title
from recexplainer_core.datasets.provenance import Provenance
from recexplainer_core.datasets.readers import Dataset, Reader
from recexplainer_core.datasets.simulator import simulate_viewers
from recexplainer_core.datasets.tables import read_table, split_values, whole_number
from recexplainer_core.datasets.titles import readable
from recexplainer_core.errors import DataError
from recexplainer_core.fingerprints import path_fingerprint
from recexplainer_core.locations import ASSETS

TABLE = ASSETS / "films.csv"
COLUMNS = ("title", "year", "director", "country", "genres", "themes", "mood")
REMEDY = (
    f"The film table needs the columns {', '.join(COLUMNS)}; restore assets/films.csv from the repository."
)


def load_demo(seed: int = 0, table: Path = TABLE) -> Dataset:
    """Return the films, simulated viewers and what to say about them."""
    catalogue = read_films(table)
    provenance = Provenance(
        name="Films (simulated viewers)",
        description=f"{len(catalogue)} real films. The viewers are simulated: each has a few tastes, drifts "
        "between them and sometimes picks at random, so the true reason behind every choice is known.",
        source="assets/films.csv, written for this project; viewers made by recexplainer_core.datasets",
        licence="Apache-2.0, like the project",
        simulated=True,
    )
    return catalogue, simulate_viewers(catalogue, seed=seed), provenance


def read_films(path: Path) -> Catalogue:
    """Read a film table: CSV with one film a row, several values of a cell separated by `|`.

    The item id is made of title and year, so that it stays the same when the table grows.

    Raises:
        DataError: a faulty table, with the line.
    """
    ids: list[str] = []
    titles: list[str] = []
    attributes: dict[str, list[tuple[str, ...]]] = {name: [] for name in ("year", "decade", *COLUMNS[2:])}
    for line, row in read_table(path, COLUMNS, REMEDY):
        title = readable(row["title"])
        year = whole_number(path, line, "year", row["year"])
        item_id = re.sub(r"\s+", "-", f"{normalise_title(title)} {year}")
        if not title:
            raise DataError(path, "the film has no title.", "Give it one.", line)
        if item_id in ids:
            raise DataError(
                path, f"{title!r} of {year} is in the table twice.", "Remove one of the two lines.", line
            )
        ids.append(item_id)
        titles.append(title)
        attributes["year"].append((str(year),))
        attributes["decade"].append((f"{year // 10 * 10}s",))
        for column in COLUMNS[2:]:
            attributes[column].append(split_values(row[column]))
    hints = [
        [*year, " and ".join(directors)]
        for year, directors in zip(attributes["year"], attributes["director"], strict=True)
    ]
    return Catalogue(ids, distinguish_titles(titles, hints), attributes, FILMS)


READER = Reader(
    ("demo",),
    lambda _, options: load_demo(options.seed),
    depends_on=("seed",),
    fingerprint=lambda _: path_fingerprint(TABLE),
)
