import numpy as np

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.histories import Histories
from recexplainer_core.ui.shared.favourites import find_favourites


def test_what_a_history_holds_far_too_often_stands_out() -> None:
    """Ten users draw evenly from ten genres; the last has five of one genre among ten."""
    catalogue = Catalogue(
        [str(i) for i in range(100)],
        [f"Film {i}" for i in range(100)],
        {"genres": [(f"genre {i % 10}",) for i in range(100)], "id": [(str(i),) for i in range(100)]},
    )
    even = [[(user + place) % 10 + 10 * place for place in range(10)] for user in range(10)]
    lover = [3, 13, 23, 33, 43, 4, 15, 26, 37, 48]
    found = find_favourites(catalogue, Histories.from_lists([*even, lover]))
    assert {value: users.tolist() for value, users in found.users.items()} == {("genres", "genre 3"): [10]}
    assert found.best == {10: ("genres", "genre 3")}


def test_several_values_of_an_item_all_count_and_none_are_no_matter() -> None:
    catalogue = Catalogue(
        [str(i) for i in range(40)],
        [f"Film {i}" for i in range(40)],
        {"themes": [("war", "sea") if i < 4 else ("love",) if i < 20 else () for i in range(40)]},
    )
    rest = [list(range(4, 40)) for _ in range(6)]
    found = find_favourites(catalogue, Histories.from_lists([[0, 1, 2, 3, 30, 31], *rest, []]))
    assert found.users["themes", "war"].tolist() == found.users["themes", "sea"].tolist() == [0]
    assert np.array_equal(sorted(found.best), [0])
