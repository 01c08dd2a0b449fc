import numpy as np
import torch

from recexplainer_core.histories import Histories
from recexplainer_core.item_view import audience
from recexplainer_core.item_view.audience import audience_of
from recexplainer_core.recommenders.base import top_items
from tests.fakes.tiny_lm import Additive

N = 30
HISTORIES = Histories.from_lists([np.random.default_rng(u).permutation(N)[:5].tolist() for u in range(25)])
torch.manual_seed(0)
TARGET = Additive(torch.randn(N, N))


def test_it_is_recommended_to_those_in_whose_first_ten_it_stands():
    found = audience_of(TARGET, HISTORIES, 7)
    expected = {}
    for user in range(len(HISTORIES)):
        own = HISTORIES[user].tolist()
        [ranked] = top_items(TARGET, [own], 10, [own])
        listed = [one.item for one in ranked]
        if 7 in listed:
            expected[user] = listed.index(7) + 1
    assert dict(zip(found.users.tolist(), found.places.tolist(), strict=True)) == expected
    assert found.places.tolist() == sorted(found.places.tolist())
    assert found.have == sum(7 in HISTORIES[user] for user in range(len(HISTORIES)))


def test_of_very_many_users_some_are_drawn(monkeypatch):
    monkeypatch.setattr(audience, "MOST_ASKED", 10)
    found = audience_of(TARGET, HISTORIES, 7)
    assert found.asked == 10 and set(found.users) <= set(audience_of(TARGET, HISTORIES, 7).users.tolist())
