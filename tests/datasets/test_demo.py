"""The film table of the demo: read faithfully, and worth reading."""

from collections import Counter
from pathlib import Path

import pytest

from recexplainer_core.datasets import load_dataset
from recexplainer_core.datasets.demo import read_films
from recexplainer_core.errors import DataError
from recexplainer_core.locations import ASSETS

HEADER = "title,year,director,country,genres,themes,mood\n"
TABLE = HEADER + (
    "Heat,1995,Michael Mann,US,crime|thriller,heist|obsession,tense\n"
    '"The Good, the Bad and the Ugly",1966,Sergio Leone,Italy|Spain,western,greed|betrayal,epic\n'
    "Solaris,1972,Andrei Tarkovsky,Soviet Union,drama,grief|memory,dreamlike\n"
    "Solaris,2002,Steven Soderbergh,US,drama,grief|memory,melancholic\n"
    "Fargo,1996,Joel Coen|Ethan Coen,US,crime,greed,witty\n"
)


def read(tmp_path: Path, text: str) -> object:
    (tmp_path / "films.csv").write_text(text, encoding="utf-8")
    return read_films(tmp_path / "films.csv")


def test_films_with_their_attributes(tmp_path: Path) -> None:
    (tmp_path / "films.csv").write_text(TABLE, encoding="utf-8")
    films = read_films(tmp_path / "films.csv")
    assert list(films.titles)[1:4] == ["The Good, the Bad and the Ugly", "Solaris (1972)", "Solaris (2002)"]
    assert films.item_ids[1] == "the-good-the-bad-and-the-ugly-1966"
    assert {name: films.values(0, name) for name in films.attributes} == {
        "year": ("1995",),
        "decade": ("1990s",),
        "director": ("Michael Mann",),
        "country": ("US",),
        "genres": ("crime", "thriller"),
        "themes": ("heist", "obsession"),
        "mood": ("tense",),
    }
    assert films.values(4, "director") == ("Joel Coen", "Ethan Coen")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (TABLE + "HEAT!,1995,A,US,crime,heist,tense\n", "line 7: 'HEAT!' of 1995 is in the table twice"),
        (
            HEADER + "Heat,MCMXCV,A,US,crime,heist,tense\n",
            "line 2: year should be a whole number, not 'MCMXCV'",
        ),
        (HEADER + " ,1995,A,US,crime,heist,tense\n", "line 2: the film has no title"),
        (HEADER + "Heat,1995,A,US,crime,heist\n", "line 2: has 6 columns where the header has 7"),
        ("title,year\nHeat,1995\n", "line 1: has no column 'director'"),
    ],
)
def test_faulty_tables(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(DataError) as error:
        read(tmp_path, text)
    assert message in str(error.value)


FILMS = ASSETS / "films.csv"


@pytest.mark.skipif(not FILMS.exists(), reason="assets/films.csv is not written yet")
class TestShippedTable:
    films = read_films(FILMS) if FILMS.exists() else None

    def test_there_are_enough_films_and_their_titles_are_unique(self) -> None:
        assert len(self.films) >= 400
        assert all(len(title) <= 80 for title in self.films.titles)

    def test_every_film_is_described_completely(self) -> None:
        for film, title in enumerate(self.films.titles):
            count = {name: len(self.films.values(film, name)) for name in self.films.attributes}
            assert 1920 <= int(self.films.values(film, "year")[0]) <= 2025, title
            assert count["director"] >= 1 and count["country"] >= 1, title
            assert 1 <= count["genres"] <= 3 and 2 <= count["themes"] <= 4 and count["mood"] == 1, title

    @pytest.mark.parametrize(
        ("attribute", "most", "least_films"), [("genres", 20, 5), ("themes", 70, 8), ("mood", 15, 8)]
    )
    def test_a_small_vocabulary_is_used_throughout(self, attribute: str, most: int, least_films: int) -> None:
        """A value that one film has teaches nobody anything: most often it is a spelling mistake."""
        uses = Counter(v for film in range(len(self.films)) for v in self.films.values(film, attribute))
        assert len(uses) <= most
        assert not {value: n for value, n in uses.items() if n < least_films}
        assert all(value == value.lower() for value in uses)

    def test_the_demo_says_that_its_viewers_are_simulated(self) -> None:
        catalogue, histories, provenance = load_dataset("demo")
        assert provenance.simulated
        assert "simulated" in provenance.name and "simulated" in provenance.description
        assert len(histories) >= 3000 and histories.items.max() < len(catalogue)
