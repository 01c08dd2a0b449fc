import time

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.ui.shared.title_search import search_titles


def catalogue(*titles: str) -> Catalogue:
    return Catalogue([f"i{n}" for n in range(len(titles))], titles)


def test_equal_titles_come_first_then_beginnings_words_and_the_rest() -> None:
    films = catalogue("Cheat", "White Heat", "Heat Wave", "Heat", "Alien")
    assert [films.titles[i] for i in search_titles(films, "HEAT")] == [
        "Heat",
        "Heat Wave",
        "White Heat",
        "Cheat",
    ]


def test_accents_do_not_matter_and_what_is_left_out_is_not_found() -> None:
    films = catalogue("Cléo from 5 to 7", "Cleopatra")
    assert search_titles(films, "cleo") == [1, 0]
    assert search_titles(films, "cleo", without=[1]) == [0]


def test_an_id_finds_its_item() -> None:
    assert search_titles(catalogue("One", "Two"), "i1") == [1]


def test_nothing_is_found_for_nothing() -> None:
    assert search_titles(catalogue("One"), "  ") == []


def test_a_large_catalogue_is_searched_while_one_types() -> None:
    films = catalogue(*(f"Film number {n}" for n in range(100_000)))
    search_titles(films, "warm up")
    start = time.perf_counter()
    assert len(search_titles(films, "number 9", most=6)) == 6
    assert time.perf_counter() - start < 0.5
