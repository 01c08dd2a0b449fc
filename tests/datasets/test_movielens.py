"""A MovieLens folder becomes readable films and histories in the order of watching."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from recexplainer_core.datasets import load_dataset
from recexplainer_core.datasets.movielens import load_movielens
from recexplainer_core.errors import DataError

REAL = Path(__file__).parents[3] / "shared" / "data" / "ml-latest-small"

MOVIES = """movieId,title,genres
10,"Matrix, The (1999)",Action|Sci-Fi
20,Heat (1995),Crime
30,Black Mirror,(no genres listed)
40,Hamlet (1948),Drama
50,Hamlet (1996),Drama
60,Unseen (2000),Drama
70,Emma (1996),Comedy
80,Emma (1996),Comedy
"""


def ratings(*rows: tuple[object, object, object]) -> str:
    return "userId,movieId,rating,timestamp\n" + "".join(f"{u},{f},0.5,{t}\n" for u, f, t in rows)


FULL = ratings(
    *[(9, film, 100 - film) for film in (10, 20, 30, 40, 50)],
    *[(4, film, 7) for film in (50, 80, 10, 70, 20)],
    *[(5, film, 7) for film in (10, 20, 30)],
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "movies.csv").write_text(MOVIES, encoding="utf-8")
    (tmp_path / "ratings.csv").write_text(FULL, encoding="utf-8")
    return tmp_path


def test_titles_years_and_genres(folder: Path) -> None:
    catalogue, _, _ = load_movielens(folder, min_ratings=1)
    assert dict(zip(catalogue.item_ids, catalogue.titles, strict=True)) == {
        "10": "The Matrix",
        "20": "Heat",
        "30": "Black Mirror",
        "40": "Hamlet (1948)",
        "50": "Hamlet (1996)",
        "70": "Emma (1996, 70)",
        "80": "Emma (1996, 80)",
    }
    matrix, mirror = catalogue.by_id["10"], catalogue.by_id["30"]
    assert catalogue.values(matrix, "year") == ("1999",)
    assert catalogue.values(matrix, "decade") == ("1990s",)
    assert catalogue.values(matrix, "genres") == ("Action", "Sci-Fi")
    assert [catalogue.values(mirror, a) for a in ("year", "decade", "genres")] == [(), (), ()]
    assert catalogue.wording.item == "film"


def test_histories_follow_time_and_within_a_second_the_file(folder: Path) -> None:
    catalogue, histories, _ = load_movielens(folder, min_ratings=1)

    def watched(user: str) -> list[str]:
        return [catalogue.item_ids[i] for i in histories[histories.find(user)]]

    assert watched("9") == ["50", "40", "30", "20", "10"]
    assert watched("4") == ["50", "80", "10", "70", "20"]
    assert histories.times is not None and list(histories.times[:5]) == [50, 60, 70, 80, 90]
    assert list(histories.user_ids) == ["9", "4"], "a user with three films is too short"


def test_rarely_rated_films_are_left_out(folder: Path) -> None:
    (folder / "ratings.csv").write_text(
        ratings(*[(u, film, film) for u in range(3) for film in (10, 20, 30, 40, 50)], (0, 60, 9))
    )
    catalogue, histories, _ = load_movielens(folder, min_ratings=3)
    assert list(catalogue.item_ids) == ["10", "20", "30", "40", "50"]
    assert list(histories.lengths) == [5, 5, 5]
    for min_ratings in (4, 10):
        with pytest.raises(DataError, match="Lower the minimum number of ratings"):
            load_movielens(folder, min_ratings)


def test_when_only_short_histories_remain_the_remedy_is_named(folder: Path) -> None:
    with pytest.raises(DataError, match=r"no user has rated 5 of the 2 films.*--min-ratings"):
        load_movielens(folder, min_ratings=3)


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("ratings.csv", ratings((1, 999, 5)), "line 2: rates film '999', which movies.csv does not list"),
        ("ratings.csv", ratings((1, 10, "noon")), "line 2: 'noon' in timestamp is no time"),
        ("ratings.csv", "userId,movieId,rating\n1,10,5\n", "line 1: has no column 'timestamp'"),
        ("ratings.csv", "1::10::5::978300760\n", "line 1: has no column 'userId'"),
        ("movies.csv", MOVIES + "10,Again (1999),Drama\n", "line 10: film 10 is listed twice"),
        ("movies.csv", MOVIES + "90,,Drama\n", "line 10: the film has no id or no title"),
        (
            "movies.csv",
            MOVIES + "90,Heat, The (1999),Drama\n",
            "line 10: has 4 columns where the header has 3",
        ),
        ("movies.csv", "", "the file is empty"),
    ],
)
def test_faulty_files(folder: Path, file: str, content: str, message: str) -> None:
    (folder / file).write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_movielens(folder, min_ratings=1)
    assert f"{file}" in str(error.value) and message in str(error.value)


@pytest.mark.parametrize("file", ["movies.csv", "ratings.csv"])
def test_a_missing_file(folder: Path, file: str) -> None:
    (folder / file).unlink()
    with pytest.raises(DataError, match=rf"{file}: the file is missing\. Give the folder"):
        load_movielens(folder)


def test_a_missing_folder_and_the_archive_in_its_place(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such folder.*movielens:DIR"):
        load_movielens(tmp_path / "none")
    (tmp_path / "ml.zip").write_bytes(b"PK")
    with pytest.raises(DataError, match="is a file, not a folder"):
        load_movielens(tmp_path / "ml.zip")


def watched_in(folder: Path) -> dict[str, list[str]]:
    catalogue, histories, _ = load_movielens(folder, min_ratings=1)
    return {
        user: [catalogue.titles[item] for item in histories[number]]
        for number, user in enumerate(histories.user_ids)
    }


NIGHTS = ["Night One", "The Night Two", "Night Three", "Night Four", "Nuit Été"]


def test_the_layouts_of_1m_and_100k(tmp_path: Path) -> None:
    written = ["Night One (1951)", "Night Two, The (1952)", "Night Three (1953)", "Night Four (1954)"]
    written.append("Nuit Été (1955)")
    million, hundred = tmp_path / "1m", tmp_path / "100k"
    million.mkdir()
    hundred.mkdir()
    films = "".join(f"{n}::{title}::Drama|Sci-Fi\n" for n, title in enumerate(written, 1))
    (million / "movies.dat").write_bytes(films.encode("latin-1"))
    (million / "ratings.dat").write_text("".join(f"3::{n}::2::{90 + n}\n" for n in range(1, 6)))
    flags = "|".join("1" if n in (8, 15) else "0" for n in range(19))
    films = "".join(f"{n}|{title}|01-Jan-1995||http://x|{flags}\n" for n, title in enumerate(written, 1))
    (hundred / "u.item").write_bytes(films.encode("latin-1"))
    (hundred / "u.data").write_text("".join(f"3\t{n}\t2\t{90 + n}\n" for n in range(1, 6)))
    for folder in (million, hundred):
        assert watched_in(folder) == {"3": NIGHTS}
        catalogue, _, provenance = load_movielens(folder, min_ratings=1)
        assert catalogue.values(0, "genres") == ("Drama", "Sci-Fi") and catalogue.values(4, "year") == (
            "1955",
        )
        assert "5 ratings of 5 films read from" in provenance.description
    (million / "ratings.dat").write_text("3::1::2\n")
    with pytest.raises(DataError, match=r"ratings\.dat, line 1: has 3 fields separated by '::', not 4"):
        load_movielens(million)


def test_the_file_names_of_kaggle_and_its_dates(folder: Path) -> None:
    for name in ("movies", "ratings"):
        (folder / f"{name}.csv").rename(folder / f"{name[:-1]}.csv")
    rows = "".join(
        f'7,{film},3.5,"2005-04-{day:02} 23:53:47"\n' for day, film in enumerate([30, 10, 20, 40, 50], 2)
    )
    (folder / "rating.csv").write_text(f"userId,movieId,rating,timestamp\n{rows}")
    assert watched_in(folder)["7"] == ["Black Mirror", "The Matrix", "Heat", "Hamlet (1948)", "Hamlet (1996)"]
    _, histories, _ = load_movielens(folder, min_ratings=1)
    assert histories.times is not None and histories.times[0] == 1_112_486_027


def test_what_is_rated_twice_counts_once_at_its_first_time_and_that_is_said(folder: Path) -> None:
    rows = [(9, film, film) for film in (10, 20, 30, 40, 50)]
    (folder / "ratings.csv").write_text(ratings(*rows, (9, 50, 5), *rows[:2]))
    assert watched_in(folder)["9"][0] == "Hamlet (1996)" and len(watched_in(folder)["9"]) == 5
    description = load_movielens(folder, min_ratings=1)[2].description
    assert "3 repeated ratings of a film by the same user counted once" in description


def test_ids_written_as_floats_are_those_of_the_films(folder: Path) -> None:
    rows = "".join(f"4.0,{film}.0,3,9.1e2\n" for film in (10, 20, 30, 40, 50))
    (folder / "ratings.csv").write_text(f"userId,movieId,rating,timestamp\n{rows}")
    assert list(watched_in(folder)) == ["4"]
    assert "5 item ids written as floats" in load_movielens(folder, min_ratings=1)[2].description


@pytest.mark.skipif(not REAL.is_dir(), reason="needs ../shared/data/ml-latest-small")
def test_the_real_folder() -> None:
    catalogue, histories, provenance = load_dataset(f"movielens:{REAL}")
    assert (len(catalogue), len(histories)) == (2269, 610)
    assert catalogue.find("The Matrix") == catalogue.find("2571")
    assert histories.times is not None
    assert all((np.diff(histories.times[a:b]) >= 0).all() for a, b in pairwise(histories.offsets))
    assert not [t for t in catalogue.titles if t.endswith((", The", ", A")) or "a.k.a." in t]
    assert "README.txt" in provenance.licence and not provenance.simulated
    assert str(REAL.parent) not in provenance.source + provenance.name + provenance.description
