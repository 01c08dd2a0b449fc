import numpy as np
import pytest

from recexplainer_core.evaluation.faithfulness.measures import (
    attribution_precision,
    deletion,
    necessity,
    precision_and_recall,
    still_listed,
    sufficiency,
)
from recexplainer_core.rationale.coalitions import Coalitions


def additive(own: list[float], ranks: list[int] | None = None) -> Coalitions:
    """A target for which every item of the history brings its own part of the score, .1 being there anyway."""
    n = len(own)
    probabilities = np.array([0.1 + sum(own[j] for j in range(n) if s >> j & 1) for s in range(1 << n)])
    return Coalitions(tuple(range(n)), 99, probabilities, np.array(ranks or [1] * (1 << n)))


KNOWN = additive([0.4, 0.3, 0.2, 0.0])


def test_necessity_is_the_place_among_all_sets_of_the_size():
    assert necessity(KNOWN, [0]) == pytest.approx(3.5 / 4)
    assert necessity(KNOWN, [3]) == pytest.approx(0.5 / 4)
    assert necessity(KNOWN, [0, 1]) == pytest.approx(5.5 / 6)
    assert necessity(KNOWN, []) == necessity(KNOWN, [0, 1, 2, 3]) == 0.5


def test_random_citations_are_necessary_by_half():
    assert np.mean([necessity(KNOWN, [place]) for place in range(4)]) == pytest.approx(0.5)


def test_what_is_kept_with_and_without_the_cited():
    assert sufficiency(KNOWN, [0, 1]) == pytest.approx(0.8)
    assert deletion(KNOWN, [0, 1]) == pytest.approx(0.3)
    assert deletion(KNOWN, []) == pytest.approx(1.0)


def test_whether_it_stays_on_the_list():
    known = additive([0.5, 0.5], ranks=[30, 11, 5, 1])
    assert still_listed(known, [1], 10) == 0.0
    assert still_listed(known, [0], 10) == 1.0


def test_precision_in_the_order_of_the_effects():
    effects = np.array([0.4, 0.3, -0.2, 0.1])
    assert attribution_precision(effects, [0, 1]) == 1.0
    assert attribution_precision(effects, [3]) == pytest.approx(1 / 3)
    assert attribution_precision(effects, [0, 2]) == 0.5
    assert attribution_precision(effects, []) == 0.0


def test_against_the_smallest_set():
    assert precision_and_recall((0, 1), [1, 2]) == (0.5, 0.5)
    assert precision_and_recall((0,), [0]) == (1.0, 1.0)
    assert precision_and_recall((0,), []) == (0.0, 0.0)
