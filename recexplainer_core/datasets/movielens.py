"""MovieLens as GroupLens distributes it, in any of its layouts."""

from __future__ import annotations

from array import array
from pathlib import Path

import numpy as np
import pandas as pd

from recexplainer_core.catalogue import FILMS, Catalogue, distinguish_titles
from recexplainer_core.datasets.download import LICENCE, download_movielens
from recexplainer_core.datasets.ids import KnownIds, without_zeros
from recexplainer_core.datasets.movielens_layouts import REMEDY, Layout, find_layout
from recexplainer_core.datasets.provenance import Provenance
from recexplainer_core.datasets.readers import Dataset, Reader, ReadOptions
from recexplainer_core.datasets.tables import require_folder
from recexplainer_core.datasets.times import seconds
from recexplainer_core.datasets.titles import film_title
from recexplainer_core.errors import DataError
from recexplainer_core.histories import Histories, IntArray

LEAST_FILMS = 5
"""Users with fewer remaining films are dropped: too short to hold out the last one and still learn."""

_AT_ONCE = 1_000_000
"""Times that are kept as texts until they are read together."""


def load_movielens(folder: Path, min_ratings: int = 10) -> Dataset:
    """Read a MovieLens folder. Every rating, good or bad, counts as having watched the film, once.

    Args:
        folder: holds the files of one of the `LAYOUTS`.
        min_ratings: films with fewer ratings are left out.

    Raises:
        DataError: a missing or faulty file, or nothing left after `min_ratings`.
    """
    require_folder(folder, REMEDY)
    layout = find_layout(folder)
    said: list[str] = []
    films = _read_films(folder / layout.films, layout)
    users, rated, times = _read_ratings(folder / layout.ratings, layout, films, said)

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
    read = f"{len(rated):,} ratings of {len(films):,} films read from {layout.films} and {layout.ratings}"
    provenance = Provenance(
        name=f"MovieLens ({folder.resolve().name})",
        description=f"{len(kept)} films with at least {min_ratings} ratings, {len(histories)} users; every "
        f"rating counts as watched, ordered by time. {'; '.join([read, *said])}.",
        source="https://grouplens.org/datasets/movielens/",
        licence=LICENCE,
        notes=tuple(said),
    )
    return _catalogue(films, kept), histories, provenance


Film = tuple[str, int | None, tuple[str, ...]]  # title, year and genres


def _read_films(path: Path, layout: Layout) -> dict[str, Film]:
    films: dict[str, Film] = {}
    for line, film_id, written, genres in layout.read_films(path):
        title, year = film_title(written)
        if not film_id or not title:
            raise DataError(path, "the film has no id or no title.", "Correct the line.", line)
        if film_id in films:
            raise DataError(path, f"film {film_id} is listed twice.", "Remove one of the two lines.", line)
        films[film_id] = (title, year, genres)
    return dict(zip(without_zeros(list(films)), films.values(), strict=True))


def _read_ratings(
    path: Path, layout: Layout, films: dict[str, Film], said: list[str]
) -> tuple[list[str], IntArray, IntArray]:
    """Return the user of every rating, the film's place in `films`, and the time; each pair once, the earliest."""
    known = KnownIds({film_id: place for place, film_id in enumerate(films)})
    users: list[str] = []
    same: dict[str, str] = {}  # one text for each user, not one for each of millions of ratings
    written: list[str] = []
    read: list[IntArray] = []
    rated, lines = array("q"), array("q")

    def read_times() -> None:
        read.append(np.floor(seconds(path, written, "timestamp", lines)).astype(np.int64))
        written.clear()
        del lines[:]

    for line, user, film, time in layout.read_ratings(path):
        place = known.find(film)
        if place is None:
            raise DataError(
                path,
                f"rates film {film!r}, which {layout.films} does not list.",
                "Take both files from the same MovieLens release.",
                line,
            )
        users.append(same.setdefault(user, user))
        rated.append(place)
        written.append(time)
        lines.append(line)
        if len(written) == _AT_ONCE:
            read_times()
    read_times()
    known.say(said)
    films_rated, times = np.frombuffer(rated, np.int64), np.concatenate(read)
    users = without_zeros(users)
    order = np.argsort(times, kind="stable")
    pairs = pd.DataFrame({"user": users, "film": films_rated}).iloc[order]
    once = np.sort(order[~pairs.duplicated().to_numpy()])
    if len(once) < len(users):
        said.append(f"{len(users) - len(once):,} repeated ratings of a film by the same user counted once")
        users = [users[row] for row in once]
    return users, films_rated[once], times[once]


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
    every = list(films.items())
    ids = [every[place][0] for place in kept]
    titles, years, genres = zip(*(every[place][1] for place in kept), strict=True)
    hints = [
        [str(year or ""), f"{year}, {film_id}" if year else film_id]
        for film_id, year in zip(ids, years, strict=True)
    ]
    attributes = {
        "year": [(str(year),) if year else () for year in years],
        "decade": [(f"{year // 10 * 10}s",) if year else () for year in years],
        "genres": list(genres),
    }
    return Catalogue(ids, distinguish_titles(titles, hints), attributes, FILMS)


def _read(folder: str, options: ReadOptions) -> Dataset:
    return load_movielens(Path(folder).expanduser() if folder else download_movielens(), options.min_ratings)


READER = Reader(("movielens", "movielens:DIR"), _read, depends_on=("min_ratings",))
