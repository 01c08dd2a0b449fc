import torch

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.histories import History
from recexplainer_core.item_view.carriers import carried_by_histories
from tests.fakes.tiny_lm import Additive

N, ITEM = 20, 10
CATALOGUE = Catalogue(
    [str(i) for i in range(N)],
    [f"Film {i}" for i in range(N)],
    {"genres": [("crime",) if i in (0, ITEM) else ("war",) for i in range(N)]},
)


def target() -> Additive:
    weights = torch.zeros(N, N)
    weights[0, ITEM], weights[1, ITEM], weights[2, ITEM] = 3.0, 1.0, -1.0
    return Additive(weights)


def test_what_speaks_for_it_is_counted_over_users_and_what_they_share_is_weighed():
    histories = [History.of((0, 1, 2)), History.of((0, 3)), History.of((4, 5))]
    found = carried_by_histories(target(), CATALOGUE, histories, ITEM)
    assert found.asked == 3
    assert [(one.item, one.users) for one in found.carriers] == [(0, 2), (1, 1)]
    assert all(one.share > 0 for one in found.carriers)
    [(attribute, value, share)] = found.values
    assert (attribute, value) == ("genres", "crime") and 0.5 < share < 1


def test_nobody_is_no_error():
    found = carried_by_histories(target(), CATALOGUE, [], ITEM)
    assert found.asked == 0 and found.carriers == () and found.values == ()
