"""MovieLens as GroupLens distributes it: `movies.csv` and `ratings.csv`."""

from __future__ import annotations

from array import array
from pathlib import Path

import numpy as np

from recexplainer_core.catalogue import FILMS, Catalogue, distinguish_titles
from recexplainer_core.datasets.download import LICENCE, download_movielens
from recexplainer_core.datasets.provenance import Provenance
from recexplainer_core.datasets.readers import Dataset, Reader, ReadOptions
from recexplainer_core.datasets.tables import read_table, require_folder, whole_number
from recexplainer_core.datasets.titles import film_title
from recexplainer_core.errors import DataError
from recexplainer_core.histories import Histories, IntArray

REMEDY = (
    "Give the folder into which MovieLens was unpacked: movielens:DIR with movies.csv and ratings.csv in DIR."
)
LEAST_FILMS = 5
"""Users with fewer remaining films are dropped: too short to hold out the last one and still learn."""


def load_movielens(folder: Path, min_ratings: int = 10) -> Dataset:
    """Read a MovieLens folder. Every rating, good or bad, counts as having watched the film.

    Args:
        folder: holds movies.csv (movieId, title, genres) and ratings.csv (userId, movieId, rating,
            timestamp).
        min_ratings: films with fewer ratings are left out.

    Raises:
        DataError: a missing or faulty file, or nothing left after `min_ratings`.
    """
    require_folder(folder, REMEDY)
    films = _read_films(folder / "movies.csv")
    users, rated, times = _read_ratings(folder / "ratings.csv", films)

    kept = np.flatnonzero(np.bincount(rated, minlength=len(films)) >= max(min_ratings, 1))
    if not len(kept):
        raise DataError(
            folder,
            f"no film has {min_ratings} ratings.",
            "Lower the minimum number of ratings (--min-ratings).",
        )
    histories = _histories(users, rated, times, kept, len(films))
    if not len(histories):
        raise DataError(
            folder,
            f"no user has rated {LEAST_FILMS} of the {len(kept)} films with {min_ratings} ratings.",
            "Lower the minimum number of ratings (--min-ratings).",
        )
    provenance = Provenance(
        name=f"MovieLens ({folder.resolve().name})",
        description=f"{len(kept)} films with at least {min_ratings} ratings, {len(histories)} users; every "
        "rating counts as watched, ordered by time.",
        source="https://grouplens.org/datasets/movielens/",
        licence=LICENCE,
    )
    return _catalogue(films, kept), histories, provenance


Film = tuple[str, str, int | None, tuple[str, ...]]  # title, year and genres


def _read_films(path: Path) -> dict[str, Film]:
    films: dict[str, Film] = {}
    for line, row in read_table(path, ("movieId", "title", "genres"), REMEDY):
        film_id = row["movieId"].strip()
        title, year = film_title(row["title"])
        if not film_id or not title:
            raise DataError(path, "the film has no id or no title.", "Correct the line.", line)
        if film_id in films:
            raise DataError(path, f"film {film_id} is listed twice.", "Remove one of the two lines.", line)
        genres = tuple(g for g in row["genres"].split("|") if g and g != "(no genres listed)")
        films[film_id] = (film_id, title, year, genres)
    return films


def _read_ratings(path: Path, films: dict[str, Film]) -> tuple[list[str], IntArray, IntArray]:
    """Return the user of every rating, the film's place in `films`, and the time."""
    places = {film_id: place for place, film_id in enumerate(films)}
    users: list[str] = []
    rated, times = array("q"), array("q")
    for line, row in read_table(path, ("userId", "movieId", "rating", "timestamp"), REMEDY):
        place = places.get(row["movieId"].strip())
        if place is None:
            raise DataError(
                path,
                f"rates film {row['movieId']!r}, which movies.csv does not list.",
                "Take both files from the same MovieLens release.",
                line,
            )
        users.append(row["userId"].strip())
        rated.append(place)
        times.append(whole_number(path, line, "timestamp", row["timestamp"]))
    return users, np.frombuffer(rated, np.int64), np.frombuffer(times, np.int64)


def _histories(users: list[str], rated: IntArray, times: IntArray, kept: IntArray, n_films: int) -> Histories:
    """Order every user's ratings of the kept films by time; ratings of one second stay in file order."""
    items = np.full(n_films, -1, np.int32)
    items[kept] = np.arange(len(kept))
    user_ids = list(dict.fromkeys(users))
    numbers = {user_id: u for u, user_id in enumerate(user_ids)}
    owners = np.array([numbers[u] for u in users])

    counts = np.bincount(owners[items[rated] >= 0], minlength=len(user_ids))
    rows = np.flatnonzero((items[rated] >= 0) & (counts[owners] >= LEAST_FILMS))
    rows = rows[np.lexsort((times[rows], owners[rows]))]  # a stable sort
    left = np.flatnonzero(counts >= LEAST_FILMS)
    offsets = np.concatenate([[0], np.cumsum(counts[left])]).astype(np.int64)
    return Histories([user_ids[u] for u in left], offsets, items[rated[rows]], times[rows])


def _catalogue(films: dict[str, Film], kept: IntArray) -> Catalogue:
    every = list(films.values())
    ids, titles, years, genres = zip(*(every[place] for place in kept), strict=True)
    hints = [
        [str(year or ""), f"{year}, {film_id}" if year else film_id]
        for film_id, year in zip(ids, years, strict=True)
    ]
    attributes = {
        "year": [(str(year),) if year else () for year in years],
        "decade": [(f"{year // 10 * 10}s",) if year else () for year in years],
        "genres": list(genres),
    }
    return Catalogue(list(ids), distinguish_titles(titles, hints), attributes, FILMS)


def _read(folder: str, options: ReadOptions) -> Dataset:
    return load_movielens(Path(folder).expanduser() if folder else download_movielens(), options.min_ratings)


READER = Reader(("movielens", "movielens:DIR"), _read, depends_on=("min_ratings",))
