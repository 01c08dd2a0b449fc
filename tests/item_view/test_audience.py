import numpy as np
import torch

from recexplainer_core.histories import Histories
from recexplainer_core.item_view import audience
from recexplainer_core.item_view.audience import Audience, ask_everybody, audience_of
from recexplainer_core.recommenders.base import top_items
from tests.fakes.tiny_lm import Additive

N = 30
HISTORIES = Histories.from_lists([np.random.default_rng(u).permutation(N)[:5].tolist() for u in range(25)])
torch.manual_seed(0)
TARGET = Additive(torch.randn(N, N))


def found_of(target: Additive, histories: Histories, item: int) -> Audience:
    return audience_of(target, histories, ask_everybody(target, histories), item)


def listed(user: int, k: int = 10) -> list[int]:
    own = HISTORIES[user].tolist()
    [ranked] = top_items(TARGET, [own], k, [own])
    return [one.item for one in ranked]


def test_it_is_recommended_to_those_in_whose_first_ten_it_stands():
    found = found_of(TARGET, HISTORIES, 7)
    expected = {user: listed(user).index(7) + 1 for user in range(len(HISTORIES)) if 7 in listed(user)}
    assert dict(zip(found.users.tolist(), found.places.tolist(), strict=True)) == expected
    assert found.places.tolist() == sorted(found.places.tolist())
    assert found.have == sum(7 in HISTORIES[user] for user in range(len(HISTORIES)))
    assert not len(found.closest)


def test_every_item_is_counted_in_the_lists_and_batches_do_not_matter(monkeypatch):
    everybody = ask_everybody(TARGET, HISTORIES)
    assert everybody.listed.tolist() == [
        sum(item in listed(user) for user in range(len(HISTORIES))) for item in range(N)
    ]
    at_once = audience_of(TARGET, HISTORIES, everybody, 7)
    monkeypatch.setattr(audience, "_CELLS", 4 * N)
    assert ask_everybody(TARGET, HISTORIES).listed.tolist() == everybody.listed.tolist()
    assert found_of(TARGET, HISTORIES, 7).users.tolist() == at_once.users.tolist()


def test_of_what_nobody_is_recommended_those_are_named_for_whom_it_comes_next():
    unwanted = TARGET.weights.clone()
    unwanted[:, 7] = -50.0
    found = found_of(Additive(unwanted), HISTORIES, 7)
    assert not len(found.users) and len(found.closest) == audience.CLOSEST
    assert all(7 not in HISTORIES[int(user)] for user in found.closest)
    assert found.closest_places.tolist() == [N - 5] * audience.CLOSEST


def test_of_very_many_users_some_are_drawn(monkeypatch):
    monkeypatch.setattr(audience, "MOST_ASKED", 10)
    found = found_of(TARGET, HISTORIES, 7)
    monkeypatch.undo()
    assert found.asked == 10 and set(found.users) <= set(found_of(TARGET, HISTORIES, 7).users.tolist())


def test_without_users_nobody_is_recommended_anything():
    nobody = Histories.from_lists([], [])
    found = found_of(TARGET, nobody, 7)
    assert found.asked == 0 and not len(found.users) and not len(found.closest)
