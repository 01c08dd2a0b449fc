import pytest

from recexplainer_core.lm.choices import choices_along, until_unique


def as_dicts(choices):
    return [dict(zip(tokens.tolist(), mass.tolist(), strict=True)) for tokens, mass in choices]


def test_a_token_weighs_what_all_paths_weigh_that_go_on_with_it():
    found = as_dicts(choices_along((1, 2), [(1, 2), (1, 3), (4,)], [0.5, 0.3, 0.2]))
    assert found == [pytest.approx({1: 0.8, 4: 0.2}), pytest.approx({2: 0.5, 3: 0.3})]


def test_where_nothing_weighs_anything_all_are_equally_right():
    [first] = as_dicts(choices_along((1,), [(1,), (2,)], [0.0, 0.0]))
    assert first == {1: 1.0, 2: 1.0}


def test_a_path_ends_at_the_token_that_tells_it_from_all_others():
    assert until_unique([(1, 2, 3, 9), (1, 4, 9), (5, 6, 9)]) == [(1, 2), (1, 4), (5,)]
    assert until_unique([(1, 9), (1, 2, 9)]) == [(1, 9), (1, 2)], "one title begins another"
    assert until_unique([(1, 2)]) == [(1,)]
    assert until_unique([(1, 9), (1, 9)]) == [(1, 9), (1, 9)], "written alike, never told apart"
