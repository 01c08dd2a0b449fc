"""Titles can be told apart, found again, and survive being written and read."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from recexplainer_core.catalogue import FILMS, Catalogue, distinguish_titles, normalise_title, with_article
from recexplainer_core.errors import DataError, UnknownNameError


@pytest.fixture
def films() -> Catalogue:
    attributes = {
        "year": [("1990",), ("2012",), ()],
        "genres": [("action", "science fiction"), (), ("drama",)],
    }
    return Catalogue(
        ["7", "8", "9"], ["Total Recall (1990)", "Total Recall (2012)", "Amélie"], attributes, FILMS
    )


def test_titles_are_found_whatever_their_case_accents_and_punctuation(films: Catalogue) -> None:
    assert films.resolve("amelie") == 2
    assert films.resolve("TOTAL RECALL 1990!") == 0
    assert films.resolve("Total Recall") is None
    assert films.find("8") == 1 and films.find("Amélie") == 2


def test_an_unknown_name_is_answered_in_the_words_of_the_domain(films: Catalogue) -> None:
    with pytest.raises(UnknownNameError, match="No film called 'Alien' among 3 films"):
        films.find("Alien")


def test_an_attribute_nobody_recorded_is_empty(films: Catalogue) -> None:
    assert films.values(0, "genres") == ("action", "science fiction")
    assert films.values(1, "genres") == ()
    assert films.values(1, "mood") == ()


def test_saved_and_loaded_it_is_the_same(films: Catalogue, tmp_path: Path) -> None:
    films.save(tmp_path / "catalogue.parquet")
    loaded = Catalogue.load(tmp_path / "catalogue.parquet")
    assert list(loaded.item_ids) == list(films.item_ids)
    assert list(loaded.titles) == list(films.titles)
    assert loaded.attributes == films.attributes
    assert loaded.wording == FILMS


def test_items_that_cannot_be_told_apart_are_refused() -> None:
    with pytest.raises(DataError, match="'heat' among them"):
        Catalogue(["1", "2"], ["Heat", "HEAT!"])
    with pytest.raises(DataError, match="same id"):
        Catalogue(["1", "1"], ["Heat", "Alien"])


def test_attributes_of_another_length_are_refused() -> None:
    with pytest.raises(DataError, match="2 item ids but 1 year"):
        Catalogue(["1", "2"], ["Heat", "Alien"], {"year": [("1995",)]})


def _table(**columns: list[object]) -> pa.Table:
    return pa.table(columns).replace_schema_metadata({"wording": "{}"})


@pytest.mark.parametrize(
    "table",
    [
        pa.table({"item_id": ["1"], "title": ["Heat"]}),
        _table(item_id=["1"]),
        _table(item_id=["1"], title=[None]),
        _table(**{"item_id": ["1"], "title": ["Heat"], "attribute:year": [1995]}),
        _table(item_id=["1"], title=["Heat"]).replace_schema_metadata({"wording": '{"colour": "red"}'}),
        _table(item_id=["1"], title=["Heat"]).replace_schema_metadata({"wording": "[]"}),
    ],
    ids=[
        "no wording",
        "no titles",
        "empty title",
        "attribute of numbers",
        "unknown word",
        "wording is a list",
    ],
)
def test_a_table_that_is_no_catalogue_is_refused(table: pa.Table, tmp_path: Path) -> None:
    pq.write_table(table, tmp_path / "catalogue.parquet")
    with pytest.raises(DataError, match="is not a catalogue"):
        Catalogue.load(tmp_path / "catalogue.parquet")


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + bytes(40) + b"PAR1", None])
def test_a_damaged_file_is_refused(content: bytes | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "catalogue.parquet").write_bytes(content)
    with pytest.raises(DataError, match=r"catalogue\.parquet: is not a catalogue"):
        Catalogue.load(tmp_path / "catalogue.parquet")


def test_duplicates_are_told_apart_by_the_first_mark_that_does_it() -> None:
    titles = ["Hamlet", "Hamlet", "Emma", "Emma", "Heat"]
    hints = [["1948", "1"], ["1996", "2"], ["1996", "3"], ["1996", "4"], ["1995", "5"]]
    assert distinguish_titles(titles, hints) == [
        "Hamlet (1948)",
        "Hamlet (1996)",
        "Emma (3)",
        "Emma (4)",
        "Heat",
    ]


def test_without_a_mark_duplicates_are_numbered() -> None:
    assert distinguish_titles(["Soap", "soap", "Soap #2"], [[], [], []]) == ["Soap", "soap #3", "Soap #2"]


titles_like = st.text(st.sampled_from("aB é.!(2)#★"), max_size=5)


@given(st.lists(st.tuples(titles_like, st.lists(titles_like, max_size=2)), max_size=12))
@example([("", []), (" ", []), ("a", ["2"]), ("a (2)", [])])
def test_distinguished_titles_are_unique_and_begin_as_before(pairs: list[tuple[str, list[str]]]) -> None:
    before = [title for title, _ in pairs]
    after = distinguish_titles(before, [hints for _, hints in pairs])
    assert len(set(map(normalise_title, after))) == len(before)
    assert all(a.startswith(b) for a, b in zip(after, before, strict=True))
    if len(set(map(normalise_title, before))) == len(before):
        assert after == before


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise_title(normalise_title(text)) == normalise_title(text)


@pytest.mark.parametrize(
    "said",
    [
        "a film",
        "an artist",
        "an item",
        "a user",
        "an umbrella",
        "an hour",
        "a unit",
        "an update",
        "a university",
    ]
    + ["a eulogy", "an e-book", "a one-off", "an éclair", "a hotel", "an ÄPFEL", "a Utility", "a 書"],
)
def test_a_word_gets_the_article_that_is_spoken(said: str) -> None:
    assert with_article(said.partition(" ")[2]) == said
