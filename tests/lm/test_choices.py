import pytest

from recexplainer_core.lm.choices import choices_along


def as_dicts(choices):
    return [dict(zip(tokens.tolist(), mass.tolist(), strict=True)) for tokens, mass in choices]


def test_a_token_weighs_what_all_paths_weigh_that_go_on_with_it():
    found = as_dicts(choices_along((1, 2), [(1, 2), (1, 3), (4,)], [0.5, 0.3, 0.2]))
    assert found == [pytest.approx({1: 0.8, 4: 0.2}), pytest.approx({2: 0.5, 3: 0.3})]


def test_where_nothing_weighs_anything_all_are_equally_right():
    [first] = as_dicts(choices_along((1,), [(1,), (2,)], [0.0, 0.0]))
    assert first == {1: 1.0, 2: 1.0}
