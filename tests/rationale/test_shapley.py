from itertools import permutations

import numpy as np
import pytest

from recexplainer_core.rationale.shapley import (
    interaction_values,
    sampled_shapley_values,
    shapley_values,
    single_effects,
)

RNG = np.random.default_rng(0)


def number(players) -> int:
    return sum(1 << player for player in players)


def by_all_orders(values, n):
    """The definition: a player's mean contribution over every order of joining."""
    gains = np.zeros(n)
    orders = list(permutations(range(n)))
    for order in orders:
        for place, player in enumerate(order):
            gains[player] += values[number(order[: place + 1])] - values[number(order[:place])]
    return gains / len(orders)


@pytest.mark.parametrize("n", [0, 1, 2, 5])
def test_values_are_means_over_all_orders_and_add_up(n):
    values = RNG.normal(size=1 << n)
    found = shapley_values(values)
    assert np.allclose(found, by_all_orders(values, n))
    assert found.sum() == pytest.approx(values[-1] - values[0])


def test_in_a_game_that_adds_up_every_player_gets_its_own_and_nothing_interacts():
    own = np.array([3.0, -1.0, 0.0, 2.0])
    values = np.array([own[[j for j in range(4) if s >> j & 1]].sum() for s in range(16)])
    assert np.allclose(shapley_values(values), own)
    assert np.allclose(single_effects(values), own)
    assert np.allclose(interaction_values(values), 0)


def test_what_two_players_only_bring_together_is_shared_and_told():
    values = np.array([float(s & 3 == 3) for s in range(8)])
    assert np.allclose(shapley_values(values), [0.5, 0.5, 0.0])
    assert np.allclose(single_effects(values), [1.0, 1.0, 0.0])
    joint = interaction_values(values)
    assert joint[0, 1] == joint[1, 0] == pytest.approx(1.0)
    assert np.allclose(joint[2], 0)


def test_sampling_comes_near_and_says_how_near():
    n = 8
    values = RNG.normal(size=1 << n)
    found, errors = sampled_shapley_values(
        lambda kept: np.array([[values[number(players)]] for players in kept]), n, 600, seed=1
    )
    exact = shapley_values(values)
    assert found[:, 0].sum() == pytest.approx(values[-1] - values[0])
    assert (np.abs(found[:, 0] - exact) < 4 * errors[:, 0]).all()
    assert errors.max() < 0.2
