import math

import pytest

from recexplainer_core.histories import History
from recexplainer_core.lm.segments import Content
from recexplainer_core.modes import ALIGNED, AlignmentMode
from recexplainer_core.prompting import prompts
from recexplainer_core.surrogate.probes import Probes
from tests.fakes.tiny_lm import CATALOGUE, TITLES

HISTORIES = [History.of(items) for items in ((0, 2), (3,), (5, 7, 8, 1))]


@pytest.mark.parametrize("mode", AlignmentMode)
def test_a_ranking_holds_the_items_shown(engine, mode):
    shown = [[1, 4, 6], [0, 2, 5, 8, 9], [3, 4]]
    orders = Probes(engine, mode).rank(HISTORIES, shown)
    assert [sorted(order) for order in orders] == [sorted(items) for items in shown]


def test_modes_rank_differently(engine):
    shown = [[1, 4, 5, 7, 8, 9]] * 3
    assert len({str(Probes(engine, mode).rank(HISTORIES, shown)) for mode in AlignmentMode}) > 1


@pytest.mark.parametrize("mode", AlignmentMode)
def test_chances_lie_between_no_and_yes_and_do_not_depend_on_the_batch(engine, mode):
    probes = Probes(engine, mode)
    together = probes.chances_of_interest(HISTORIES, [4, 4, 4])
    assert all(0 < chance < 1 for chance in together)
    alone = [probes.chances_of_interest([history], [4])[0] for history in HISTORIES]
    assert together == pytest.approx(alone, abs=1e-4)


@pytest.mark.parametrize("mode", ALIGNED)
def test_a_titles_score_is_that_of_its_prediction(engine, mode):
    [ranked] = engine.predict([HISTORIES[0]], [mode], k=3)
    scores = Probes(engine, mode).title_scores([HISTORIES[0]] * 3, [p.item for p in ranked])
    assert scores == pytest.approx([p.log_probability for p in ranked], abs=1e-3)


def test_what_is_recalled_are_different_titles(engine):
    for row in Probes(engine, AlignmentMode.INTENTION).recall(HISTORIES, 4):
        assert 1 <= len(row) <= 4
        assert len(set(row)) == len(row)
        assert set(row) <= set(range(len(TITLES)))


def test_unguarded_the_model_says_what_it_likes(engine):
    texts = Probes(engine, AlignmentMode.HYBRID).unguarded(HISTORIES)
    assert len(texts) == 3 and all(isinstance(text, str) for text in texts)


def test_the_log_probability_of_an_answer_is_the_sum_over_its_tokens(engine):
    encoder = engine.encoder
    question = encoder.prompt(prompts.interest(CATALOGUE, HISTORIES[0].recent, 4, AlignmentMode.HYBRID))
    first, second = encoder.answer((Content("Heat"),))
    ask = ([HISTORIES[0]], [AlignmentMode.HYBRID])
    [[whole]] = engine.log_probabilities([question], [[(first, second)]], *ask)
    [[start]] = engine.log_probabilities([question], [[(first,)]], *ask)
    [[rest]] = engine.log_probabilities([question.followed_by((first,))], [[(second,)]], *ask)
    assert whole == pytest.approx(start + rest, abs=1e-4)
    assert math.exp(whole) < 1
