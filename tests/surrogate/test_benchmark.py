import pytest

from recexplainer_core.catalogue import normalise_title
from recexplainer_core.modes import ALIGNED
from recexplainer_core.surrogate.benchmark import decoding_seconds, made_up_titles
from tests.fakes.tiny_lm import TITLES


def test_made_up_titles_are_different_and_always_the_same():
    titles = made_up_titles(5000)
    assert len({normalise_title(title) for title in titles}) == 5000
    assert titles[:100] == made_up_titles(100)
    assert {len(title.split()) for title in titles} == {4}


@pytest.mark.slow
def test_from_a_hundred_times_more_titles_an_answer_takes_longer_only_by_the_tokens_that_decide_it(lm):
    def seconds(n: int) -> float:
        return min(decoding_seconds(lm, len(TITLES), n, 5, ALIGNED) for _ in range(2))

    # A list is found in about five steps among 1,000 of these titles, in eight among 100,000; a step takes as long.
    assert seconds(100_000) < 2.5 * seconds(1_000)
