import numpy as np
import pytest

from recexplainer_core.catalogue import FILMS, Catalogue
from recexplainer_core.rationale.attribution import Attribution
from recexplainer_core.rationale.plan import Planner
from recexplainer_core.rationale.specification import Specification
from recexplainer_core.rationale.verdict import verdict_of

TITLES = ["Alien", "Heat", "Solaris", "Moon", "«Quoted» film"]
GENRES = [("horror", "space"), ("crime",), ("space",), ("space",), ("crime",)]
YEARS = [("1979",), ("1995",), ("1972",), ("2009",), ("1979",)]
CATALOGUE = Catalogue(list("abcde"), TITLES, {"genres": GENRES, "year": YEARS}, FILMS)


def attribution(effects, item: int = 3, rank: int = 1, ranks_without=(50, 50, 50), interactions=None):
    values = np.array(effects, dtype=float)
    return Attribution(
        (0, 1, 2, 4), item, 0.5, rank, values, values, ranks_without=ranks_without, interactions=interactions
    )


def plan_of(*args, **kwargs):
    return Planner(CATALOGUE).plan(attribution(*args, **kwargs))


def test_a_reason_that_carries_nearly_all_stands_alone():
    plan = plan_of([3.0, 0.1, 0.2, 0.0])
    [reason] = plan.reasons
    assert plan.weight == "alone" and (reason.item, reason.attribute, reason.value) == (0, "genres", "space")
    assert plan.verdict == "first" and plan.against is None


def test_several_reasons_come_strongest_first_and_weak_ones_are_left_out():
    plan = plan_of([1.0, 0.01, 1.5, 0.9], rank=7)
    assert plan.weight == "some" and [r.item for r in plan.reasons] == [2, 0, 4]
    assert plan.verdict == "listed"


def test_where_nothing_stands_out_no_single_item_decides():
    history = tuple(range(6))
    even = Attribution(history, 9, 0.5, 1, np.full(6, 0.1), np.full(6, 0.1), ranks_without=(1, 1, 1))
    catalogue = Catalogue([str(i) for i in range(10)], [f"t{i}" for i in range(10)], {}, FILMS)
    plan = Planner(catalogue).plan(even)
    assert plan.weight == "spread" and len(plan.reasons) == 2


def test_two_that_only_work_together_are_said_to():
    joint = np.zeros((4, 4))
    joint[0, 1] = joint[1, 0] = 0.9
    assert plan_of([1.0, 1.0, 0.0, 0.0], interactions=joint).weight == "together"
    assert plan_of([1.0, 1.0, 0.0, 0.0], interactions=joint / 10).weight == "some"


@pytest.mark.parametrize(("without", "said"), [((11, 1, 1), "needed"), ((10, 99, 99), "robust")])
def test_whether_it_is_still_recommended_without_the_reasons_is_said(without, said):
    assert plan_of([3.0, 0.0, 0.0, 0.0], ranks_without=without).without == said


def test_what_is_not_recommended_cannot_fall_from_the_list():
    plan = plan_of([3.0, 0.0, 0.0, 0.0], rank=400)
    assert (plan.verdict, plan.without, plan.weight) == ("unlikely", None, "spite")


def test_a_question_asks_for_what_the_plan_says_but_of_unlikely_items():
    plan = plan_of([1.0, 0.01, 1.5, 0.9], rank=7)
    assert plan.specification == Specification("some", 3, "needed")
    assert plan_of([3.0, 0.0, 0.0, 0.0], rank=400).specification is None
    assert plan_of([-1.0, -1.0, -1.0, -1.0]).specification is None


def test_what_speaks_against_is_named_only_when_it_counts():
    assert plan_of([1.0, -0.9, 0.5, 0.0]).against == 1
    assert plan_of([1.0, -0.01, 0.5, 0.0]).against is None
    nothing = plan_of([-1.0, -2.0, -0.5, -0.1], rank=400)
    assert (nothing.reasons, nothing.weight) == ((), "nothing")


def test_what_is_shared_is_what_most_of_the_support_has_in_common():
    [first, *_] = plan_of([1.0, 0.0, 0.9, 0.0]).reasons
    assert (first.attribute, first.value) == ("genres", "space")
    [reason] = plan_of([1.0, 0.0, 0.0, 0.0], item=4).reasons
    assert (reason.attribute, reason.value) == ("year", "1979")
    [reason] = plan_of([0.0, 1.0, 0.0, 0.0]).reasons
    assert reason.attribute is None


def test_a_comparison_gives_what_speaks_more_for_the_one_than_for_the_other():
    planner = Planner(CATALOGUE)
    one, other = attribution([0.3, 0.0, 0.1, 0.0]), attribution([0.1, 0.0, 0.4, 0.0], item=1, rank=2)
    plan = planner.compare(one, other)
    assert (plan.verdict, plan.item, plan.other) == ("before", 3, 1)
    assert [r.item for r in plan.reasons] == [0]
    back = planner.compare(other, one)
    assert (back.verdict, back.item, back.other) == ("after", 1, 3)
    assert back.reasons == plan.reasons


@pytest.mark.parametrize(
    ("rank", "verdict"), [(3, "first"), (10, "listed"), (35, "possible"), (36, "unlikely")]
)
def test_verdicts(rank, verdict):
    assert verdict_of(rank, 100) == verdict
