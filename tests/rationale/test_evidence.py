import math

import pytest

from recexplainer_core.rationale.evidence import COUNTS, EFFECT, Evidence
from recexplainer_core.rationale.shared_values import BREADTH
from recexplainer_core.rationale.specification import Specification
from tests.fakes.tiny_lm import CATALOGUE, TITLES

ALIEN, ALIENS, HEAT, THING = (TITLES.index(title) for title in ("Alien", "Aliens", "Heat", "The Thing"))


def test_the_likeliest_item_weighs_one_and_the_others_by_their_odds():
    own = Evidence.of(CATALOGUE, ALIENS, {HEAT: -1.0, ALIEN: -1.0 + math.log(0.5)})
    assert own.titles == {HEAT: 1.0, ALIEN: pytest.approx(0.5**COUNTS)}


def test_what_more_of_the_history_has_weighs_more_to_remark_on():
    assert CATALOGUE.value_counts["genres", "horror"] == 2 and CATALOGUE.value_counts["genres", "action"] == 1
    own = Evidence.of(CATALOGUE, ALIEN, {ALIENS: -1.0, HEAT: -2.0})
    assert own.remarks == {("genres", "horror"): 1.0}
    weights = Evidence.of(CATALOGUE, ALIENS, {ALIEN: 0.0, ALIENS: math.log(0.1)}).remarks
    assert weights["genres", "horror"] == 1.0
    rarer, contribution = math.log(10) / math.log(5), 0.1 ** (1 / 3)
    assert weights["genres", "action"] == pytest.approx(
        (rarer * contribution**BREADTH / (1 + contribution**BREADTH)) ** 9
    )


def test_what_is_named_most_often_carries_the_choice_by_the_teachers_rule():
    def of(**odds: float) -> Evidence:
        named = {TITLES.index(title): math.log(odd) / EFFECT for title, odd in odds.items()}
        return Evidence.of(CATALOGUE, ALIENS, named)

    alone, some = of(Heat=0.9, Alien=0.1), of(Alien=0.4, Heat=0.5, Ran=0.04)
    assert (alone.named, alone.specification) == ((HEAT,), Specification("alone", 1))
    assert (some.named, some.specification) == ((HEAT, ALIEN), Specification("some", 2))
    assert some.on_removal("robust").specification == Specification("some", 2, "robust")
    nothing = Evidence.of(CATALOGUE, ALIENS, {})
    assert (nothing.named, nothing.specification, nothing.on_removal("needed")) == ((), None, nothing)


def test_between_two_items_counts_what_speaks_more_for_the_one_than_for_the_other():
    half = math.log(0.5) / EFFECT
    ours, theirs = {HEAT: 0.0, ALIEN: half, THING: half}, {HEAT: 0.0, ALIEN: half * 10, THING: 0.0}
    own = Evidence.of_two(CATALOGUE, ALIENS, ours, theirs)
    assert own.titles[ALIEN] == 1.0 > own.titles[HEAT] > own.titles[THING] == 0.0
    assert own.remarks["genres", "horror"] == 1.0
    assert set(Evidence.of_two(CATALOGUE, ALIENS, ours, ours).titles.values()) == {0.0}
    assert Evidence.of_two(CATALOGUE, ALIENS, {}, {}).titles == {}
