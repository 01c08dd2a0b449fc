import random
from collections import Counter

import numpy as np

from recexplainer_core.alignment.augmentation import HistorySampler
from recexplainer_core.histories import Histories

HISTORIES = Histories.from_lists([list(range(0, 30)), list(range(100, 130)), list(range(200, 203))])


def draws(edited: float, users: list[int], n: int = 500) -> list[tuple[int, ...]]:
    sampler = HistorySampler(HISTORIES, np.array(users), 10, edited, random.Random(0))
    return [sampler.draw() for _ in range(n)]


def test_nothing_of_a_held_out_user_is_ever_drawn():
    for history in draws(1.0, [0, 2]):
        assert history and not any(100 <= item < 200 for item in history)


def test_unedited_histories_are_stretches_of_one_user():
    lengths = Counter()
    for history in draws(0.0, [0, 1, 2]):
        assert list(history) == list(range(history[0], history[-1] + 1))
        lengths[len(history)] += 1
    assert max(lengths) == 10
    assert lengths[10] > 300


def test_edits_drop_swap_reorder_and_splice():
    edited = draws(1.0, [0, 1])
    assert any(list(h) != sorted(h) for h in edited)
    assert any(h[0] < 30 <= h[-1] for h in edited)
    assert all(len(set(h)) == len(h) <= 10 for h in edited)


def test_an_inserted_item_stands_between_the_others():
    between = [h for h in draws(1.0, [0, 2], 3000) if {200, 201, 202} < set(h)]
    assert any(200 in h[:place] and 202 in h[place:] for h in between for place, i in enumerate(h) if i < 30)


def test_the_same_seed_draws_the_same():
    assert draws(0.5, [0, 1]) == draws(0.5, [0, 1])
