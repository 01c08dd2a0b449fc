import numpy as np
import pytest
import torch

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.histories import History
from recexplainer_core.item_view.carriers import FEWEST_LOOKED_AT, carried_by_histories, looked_at
from tests.fakes.tiny_lm import Additive

N, ITEM = 20, 10
TITLES = [f"Film {i}" for i in range(N)]
CATALOGUE = Catalogue(
    [str(i) for i in range(N)],
    TITLES,
    {"genres": [("crime", "drama") if i in (0, ITEM) else ("war", "drama") for i in range(N)]},
)
HISTORIES = [History.of((0, 1, 2)), History.of((0, 3)), History.of((4, 5))]


def target() -> Additive:
    weights = torch.zeros(N, N)
    weights[0, ITEM], weights[1, ITEM], weights[2, ITEM] = 3.0, 1.0, -1.0
    return Additive(weights)


def test_what_speaks_for_it_is_counted_over_users():
    found = carried_by_histories(target(), CATALOGUE, HISTORIES, ITEM)
    assert found.asked == 3 and found.exact
    assert [(one.item, one.users) for one in found.carriers] == [(0, 2), (1, 1)]
    assert all(one.share > 0 for one in found.carriers)


def test_a_value_stands_out_that_brings_more_than_its_part_of_the_histories():
    found = carried_by_histories(target(), CATALOGUE, HISTORIES, ITEM)
    [value] = found.values  # everything is a drama: that does not stand out
    assert (value.attribute, value.value) == ("genres", "crime")
    assert value.usual == 2 / 7 and 0.5 < value.share < 1


def test_without_attributes_no_value_is_made_up():
    plain = Catalogue([str(i) for i in range(N)], [f"{chr(97 + i) * 4}" for i in range(N)], {})
    found = carried_by_histories(target(), plain, HISTORIES, ITEM)
    assert found.carriers and found.values == ()


def test_histories_that_are_too_long_for_all_subsets_are_sampled_and_that_is_told():
    long = History.of(tuple(i for i in range(N) if i != ITEM))
    found = carried_by_histories(target(), CATALOGUE, [long], ITEM)
    assert not found.exact and found.carriers[0].item == 0


def test_all_are_looked_at_where_they_are_few_else_some_who_are_drawn_anew_alike():
    few, many = np.arange(5), np.arange(500)
    assert looked_at(few, 10).tolist() == few.tolist()
    drawn = looked_at(many, 10)
    assert len(set(drawn.tolist())) == 40 and max(drawn) > 40
    assert drawn.tolist() == looked_at(many, 10).tolist()
    assert len(looked_at(many, 2000)) == FEWEST_LOOKED_AT


def test_what_the_item_would_have_without_any_history_is_the_median_over_users():
    found = carried_by_histories(target(), CATALOGUE, HISTORIES, ITEM)
    scores = target().scores(target().user_vectors([(), *(one.recent for one in HISTORIES)]))
    empty, *full = torch.softmax(scores.double(), dim=1)[:, ITEM].tolist()
    assert found.unaided == pytest.approx(np.median([empty / one for one in full]), rel=1e-4)


def test_nobody_is_no_error():
    found = carried_by_histories(target(), CATALOGUE, [], ITEM)
    assert found.asked == 0 and found.carriers == () and found.values == ()
