"""Simulated viewers choose for the reason that is recorded, drift, and come out the same from a seed."""

import time
from collections import Counter

import numpy as np
import pytest

from recexplainer_core.catalogue import FILMS, Catalogue
from recexplainer_core.datasets.simulator import ViewerConfig, find_tastes, simulate_viewers
from recexplainer_core.errors import DataError
from recexplainer_core.histories import Histories

ATTRIBUTE_OF = {"theme": "themes", "genre": "genres"}


def make_films(n: int = 200) -> Catalogue:
    """Films in a regular pattern, so that every kind of attribute has values that enough films share."""
    years = [1950 + i % 70 for i in range(n)]
    attributes = {
        "year": [(str(year),) for year in years],
        "decade": [(f"{year // 10 * 10}s",) for year in years],
        "director": [(f"Director {i // 10}",) for i in range(n)],
        "themes": [(f"theme {i % 12}", f"theme {(i * 5 + 1) % 12}") for i in range(n)],
        "genres": [(f"genre {i % 5}",) for i in range(n)],
        "mood": [(f"mood {i // 3 % 5}",) for i in range(n)],
        "country": [(f"country {i // 7 % 6}",) for i in range(n)],
    }
    return Catalogue([f"f{i}" for i in range(n)], [f"Film {i}" for i in range(n)], attributes, FILMS)


@pytest.fixture(scope="module")
def films() -> Catalogue:
    return make_films()


@pytest.fixture(scope="module")
def viewers(films: Catalogue) -> Histories:
    return simulate_viewers(films, n_viewers=400, seed=1)


def test_lengths_ids_and_no_film_twice(viewers: Histories) -> None:
    assert len(viewers) == 400 and viewers.user_ids[0] == "viewer-0001"
    assert viewers.lengths.min() >= 15 and viewers.lengths.max() <= 60
    assert all(len(set(viewers[u])) == len(viewers[u]) for u in range(len(viewers)))
    assert viewers.times is None


def test_every_choice_has_the_attribute_it_was_made_for(films: Catalogue, viewers: Histories) -> None:
    for user in range(len(viewers)):
        for film, cause in zip(viewers[user], viewers.causes_of(user) or [], strict=True):
            if cause is not None:
                kind, value = cause.split(": ")
                assert value in films.values(film, ATTRIBUTE_OF.get(kind, kind))


def test_a_viewer_has_few_tastes_and_stays_with_one_for_a_while(viewers: Histories) -> None:
    runs = []
    for user in range(len(viewers)):
        reasons = [cause for cause in viewers.causes_of(user) or [] if cause is not None]
        assert len(set(reasons)) <= 4
        changes = sum(a != b for a, b in zip(reasons, reasons[1:], strict=False))
        runs.append(len(reasons) / (changes + 1))
    assert 4 < np.mean(runs) < 9


def test_about_one_choice_in_eight_is_random(viewers: Histories) -> None:
    assert viewers.causes is not None
    assert 0.10 < (viewers.causes == -1).mean() < 0.15


def test_tastes_come_in_every_kind(viewers: Histories) -> None:
    kinds = {name.split(":")[0] for name in viewers.cause_names}
    assert kinds == {"director", "theme", "genre", "decade", "mood", "country"}


def test_the_seed_decides_and_more_viewers_leave_the_first_as_they_were(
    films: Catalogue, viewers: Histories
) -> None:
    again = simulate_viewers(films, n_viewers=450, seed=1)
    n = len(viewers.items)
    assert np.array_equal(again.items[:n], viewers.items)
    assert viewers.causes is not None and again.causes is not None
    assert np.array_equal(again.causes[:n], viewers.causes)
    other = simulate_viewers(films, n_viewers=20, seed=2)
    assert [list(other[u]) for u in range(20)] != [list(viewers[u]) for u in range(20)]


def test_the_next_film_is_predictable_from_the_true_taste(films: Catalogue, viewers: Histories) -> None:
    """The structure a recommender should find: within a taste, few films take most of the choices."""
    first_choices: dict[str, Counter[int]] = {}
    for user in range(len(viewers)):
        cause = (viewers.causes_of(user) or [None])[0]
        if cause is not None:
            first_choices.setdefault(cause, Counter())[int(viewers[user][0])] += 1
    top = sum(c.most_common(1)[0][1] for c in first_choices.values())
    assert top / sum(c.total() for c in first_choices.values()) > 0.5


def test_a_value_of_too_few_or_too_many_films_is_no_taste() -> None:
    films = make_films(80)
    plain = dict(films.attributes)
    plain["themes"] = [
        ("everywhere", "rare") if i < 3 else ("everywhere", "some") if i < 15 else ("everywhere",)
        for i in range(80)
    ]
    names = [t.name for t in find_tastes(Catalogue(films.item_ids, films.titles, plain), np.ones(80))]
    assert [n for n in names if n.startswith("theme")] == ["theme: some"]


def test_a_film_that_is_about_nothing_else_answers_a_taste_best() -> None:
    n = 40
    themes = [
        ("heist",) if i == 0 else ("heist", "greed", "fame") if i < 9 else ("nature",) for i in range(n)
    ]
    catalogue = Catalogue([str(i) for i in range(n)], [f"F{i}" for i in range(n)], {"themes": themes})
    (heist,) = (t for t in find_tastes(catalogue, np.ones(n)) if t.name == "theme: heist")
    assert heist.weights[0] == pytest.approx(3 * heist.weights[1])


def test_a_viewer_who_has_seen_all_that_matters_stops() -> None:
    """With two tastes of ten films each there is no reason for a 60th film."""
    config = ViewerConfig(shortest=15, longest=60, fewest_tastes=2, most_tastes=2, faithful=1.0)
    directors = {"director": make_films().attributes["director"]}
    films = Catalogue(make_films().item_ids, make_films().titles, directors)
    assert simulate_viewers(films, n_viewers=50, seed=0, config=config).lengths.max() == 20


def test_too_small_a_table_is_refused() -> None:
    with pytest.raises(DataError, match="60 are too few for viewers who watch up to 60"):
        simulate_viewers(make_films(60), n_viewers=1)
    nothing_shared = Catalogue([str(i) for i in range(99)], [f"F{i}" for i in range(99)])
    with pytest.raises(DataError, match="only 0 values are shared by enough films"):
        simulate_viewers(nothing_shared, n_viewers=1)


@pytest.mark.slow
def test_three_thousand_viewers_are_simulated_in_seconds(films: Catalogue) -> None:
    start = time.perf_counter()
    simulate_viewers(films)
    assert time.perf_counter() - start < 20
