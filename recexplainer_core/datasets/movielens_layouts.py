"""The forms in which MovieLens lies on disks: the CSV files of today, those of Kaggle, 1M and 10M, and 100K."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from recexplainer_core.datasets.tables import read_table, text_lines
from recexplainer_core.errors import DataError

REMEDY = (
    "Give the folder into which MovieLens was unpacked: movielens:DIR with movies.csv and ratings.csv in DIR, "
    "or movies.dat and ratings.dat (1M, 10M), or u.item and u.data (100K)."
)
_OLD_ENCODING = "latin-1"
_GENRES_100K = (
    *("unknown", "Action", "Adventure", "Animation", "Children's", "Comedy", "Crime", "Documentary", "Drama"),
    *("Fantasy", "Film-Noir", "Horror", "Musical", "Mystery", "Romance", "Sci-Fi", "Thriller", "War", "Western"),
)  # fmt: skip
_NO_GENRE = ("(no genres listed)", "unknown", "")
_FILM_FIELDS_100K = 5

FilmRow = tuple[int, str, str, tuple[str, ...]]
"""Line, film id, title as it is written, genres."""
RatingRow = tuple[int, str, str, str]
"""Line, user id, film id, time as it is written."""


@dataclass(frozen=True)
class Layout:
    """One form: the names of its two files, and how each is read."""

    films: str
    ratings: str
    read_films: Callable[[Path], Iterator[FilmRow]]
    read_ratings: Callable[[Path], Iterator[RatingRow]]


def find_layout(folder: Path) -> Layout:
    """Return the layout of a folder: the first with both files, else with one, else that of today."""
    for needed in (2, 1):
        for layout in LAYOUTS:
            if sum((folder / name).is_file() for name in (layout.films, layout.ratings)) >= needed:
                return layout
    return LAYOUTS[0]


def _csv_films(path: Path) -> Iterator[FilmRow]:
    for line, row in read_table(path, ("movieId", "title", "genres"), REMEDY):
        yield line, row["movieId"].strip(), row["title"], _genres(row["genres"].split("|"))


def _csv_ratings(path: Path) -> Iterator[RatingRow]:
    for line, row in read_table(path, ("userId", "movieId", "rating", "timestamp"), REMEDY):
        yield line, row["userId"].strip(), row["movieId"].strip(), row["timestamp"].strip()


def _dat_films(path: Path) -> Iterator[FilmRow]:
    for line, (film_id, title, genres) in _fields(path, "::", 3):
        yield line, film_id, title, _genres(genres.split("|"))


def _dat_ratings(path: Path) -> Iterator[RatingRow]:
    for line, (user, film, _, time) in _fields(path, "::", 4):
        yield line, user, film, time


def _films_100k(path: Path) -> Iterator[FilmRow]:
    for line, (film_id, title, *others) in _fields(path, "|"):
        flags = others[_FILM_FIELDS_100K - 2 :]
        yield (
            line,
            film_id,
            title,
            _genres([g for g, f in zip(_GENRES_100K, flags, strict=False) if f == "1"]),
        )


def _ratings_100k(path: Path) -> Iterator[RatingRow]:
    for line, (user, film, _, time) in _fields(path, "\t", 4):
        yield line, user, film, time


def _fields(path: Path, separator: str, width: int | None = None) -> Iterator[tuple[int, list[str]]]:
    for line, text in text_lines(path, REMEDY, otherwise=_OLD_ENCODING):
        if not text.strip():
            continue
        fields = [field.strip() for field in text.rstrip("\r\n").split(separator)]
        if len(fields) != width if width else len(fields) < _FILM_FIELDS_100K:
            wanted = width or f"at least {_FILM_FIELDS_100K}"
            fault = f"has {len(fields)} fields separated by {separator!r}, not {wanted}."
            raise DataError(path, fault, "Take the file as GroupLens distributes it.", line)
        yield line, fields


def _genres(names: list[str]) -> tuple[str, ...]:
    return tuple(name for one in names if (name := one.strip()) not in _NO_GENRE)


LAYOUTS = (
    Layout("movies.csv", "ratings.csv", _csv_films, _csv_ratings),
    Layout("movie.csv", "rating.csv", _csv_films, _csv_ratings),
    Layout("movies.dat", "ratings.dat", _dat_films, _dat_ratings),
    Layout("u.item", "u.data", _films_100k, _ratings_100k),
)
