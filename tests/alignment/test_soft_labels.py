import random

import numpy as np
import pytest

from recexplainer_core.alignment.soft_labels import TitleLabels, listed_titles, softmax, temperature_for

END = 0


def as_dict(answer, place: int) -> dict[int, float]:
    pairs = zip(answer.right[place].tolist(), answer.weights[place].tolist(), strict=True)
    return {token: weight for token, weight in pairs if weight}


def answer_that_says(paths, probabilities, path):
    labels = TitleLabels(paths)
    answers = (labels.answer(np.array(probabilities), (), random.Random(seed)) for seed in range(100))
    return next(answer for answer in answers if answer.token_ids == path)


def test_titles_that_start_alike_share_a_token():
    answer = answer_that_says([(4, END), (1, 3, END), (1, 2, END)], [0.2, 0.3, 0.5], (1, 2, END))
    assert as_dict(answer, 0) == pytest.approx({1: 0.8, 4: 0.2})
    assert as_dict(answer, 1) == pytest.approx({2: 0.625, 3: 0.375})
    assert as_dict(answer, 2) == pytest.approx({END: 1.0})


def test_a_title_that_another_starts_with_may_end_or_go_on():
    answer = answer_that_says([(1, END), (1, 2, END)], [0.25, 0.75], (1, END))
    assert as_dict(answer, 1) == pytest.approx({END: 0.25, 2: 0.75})


def test_token_probabilities_multiply_to_those_of_the_titles():
    draw = np.random.default_rng(0)
    paths = sorted({tuple(draw.integers(1, 4, draw.integers(1, 5))) + (END,) for _ in range(40)})
    draw.shuffle(paths)
    wanted = draw.dirichlet(np.ones(len(paths)))
    labels = TitleLabels(paths)
    for seed in range(30):
        answer = labels.answer(wanted, (), random.Random(seed))
        steps = [as_dict(answer, place)[token] for place, token in enumerate(answer.token_ids)]
        drawn = paths.index(answer.token_ids)
        assert np.prod(steps) == pytest.approx(wanted[drawn], rel=1e-4)
        assert np.allclose(answer.weights.sum(1), 1.0, atol=1e-5)


def test_titles_are_drawn_as_often_as_they_are_probable():
    labels = TitleLabels([(1, END), (2, END)])
    drawn = [labels.answer(np.array([0.2, 0.8]), (), random.Random(seed)).token_ids[0] for seed in range(500)]
    assert drawn.count(1) / 500 == pytest.approx(0.2, abs=0.05)


def test_what_was_seen_is_neither_right_nor_wrong():
    labels = TitleLabels([(1, 2, END), (1, 3, END), (4, END), (5, END)])
    for seed in range(20):
        answer = labels.answer(np.array([0.1, 0.4, 0.4, 0.1]), (1, 2), random.Random(seed))
        assert answer.token_ids in ((1, 2, END), (5, END))
        assert as_dict(answer, 0) == pytest.approx({1: 0.5, 5: 0.5})
        assert set(answer.ignored) == ({(0, 4), (1, 3)} if answer.token_ids[0] == 1 else {(0, 4)})


@pytest.mark.parametrize("probability", [0.2, 0.6])
def test_the_temperature_gives_the_first_its_probability(probability):
    scores = np.random.default_rng(0).normal(size=(50, 30))
    assert softmax(scores, temperature_for(probability, scores)).max(1).mean() == pytest.approx(
        probability, abs=1e-3
    )


def test_scores_without_a_choice_give_some_temperature():
    assert temperature_for(0.5, np.zeros((2, 3))) > 0


def test_a_listed_title_is_a_choice_among_those_that_are_left():
    answer = listed_titles(
        [(1, 2), (1, 3), (4,)], [(1, 2), (1, 3), (4,)], np.array([0.5, 0.3, 0.2]), (8, 9), END
    )
    assert answer.token_ids == (1, 2, 8, 9, 1, 3, 8, 9, 4, END)
    places = [as_dict(answer, place) for place in range(len(answer.token_ids))]
    assert places[0] == pytest.approx({1: 0.8, 4: 0.2})
    assert places[1] == pytest.approx({2: 0.625, 3: 0.375})
    assert places[2:4] == [{8: 1.0}, {9: 1.0}]
    assert places[4] == pytest.approx({1: 0.6, 4: 0.4})
    assert places[5:] == [{3: 1.0}, {8: 1.0}, {9: 1.0}, {4: 1.0}, {END: 1.0}]


def test_a_listed_title_may_end_where_another_goes_on():
    answer = listed_titles([(1,), (1, 2)], [(1,), (1, 2)], np.array([0.25, 0.75]), (8,), END)
    assert [as_dict(answer, place) for place in range(2)] == [{1: 1.0}, pytest.approx({8: 0.25, 2: 0.75})]


def test_weights_too_small_to_tell_apart_leave_every_listed_title_possible():
    answer = listed_titles([(1,), (2,)], [(1,), (2,)], np.zeros(2), (8,), END)
    assert as_dict(answer, 0) == pytest.approx({1: 0.5, 2: 0.5})
