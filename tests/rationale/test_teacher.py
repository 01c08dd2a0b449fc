import random

import numpy as np
import pytest

from recexplainer_core.catalogue import FILMS, PRODUCTS, Catalogue
from recexplainer_core.rationale.attribution import Attribution
from recexplainer_core.rationale.claims import citations
from recexplainer_core.rationale.teacher import Teacher
from recexplainer_core.surrogate.prompts import ItemSlot, UserSlot

TITLES = ["Alien", "Heat", "Solaris", "Moon", "«Quoted» film"]
GENRES = [("horror", "space"), ("crime",), ("space",), ("space",), ("crime",)]
YEARS = [("1979",), ("1995",), ("1972",), ("2009",), ("1979",)]
CATALOGUE = Catalogue(list("abcde"), TITLES, {"genres": GENRES, "year": YEARS}, FILMS)


def attribution(effects: list[float], item: int = 3, rank: int = 1) -> Attribution:
    return Attribution((0, 1, 2, 4), item, rank, np.array(effects, dtype=np.float32))


def text(catalogue: Catalogue, plan, seed: int) -> str:
    segments = Teacher(catalogue).write(plan, random.Random(seed))
    assert not any(isinstance(s, UserSlot | ItemSlot) for s in segments)
    return "".join(s.text for s in segments)


def test_a_reason_that_carries_nearly_all_stands_alone():
    plan = Teacher(CATALOGUE).plan(attribution([3.0, 0.1, 0.2, 0.0]))
    assert plan.alone and [r.item for r in plan.reasons] == [0]
    assert plan.verdict == "first" and plan.against is None


def test_several_reasons_come_strongest_first_and_weak_ones_are_left_out():
    plan = Teacher(CATALOGUE).plan(attribution([1.0, 0.01, 1.5, 0.9], rank=7))
    assert not plan.alone and [r.item for r in plan.reasons] == [2, 0, 4]
    assert plan.verdict == "listed"


def test_what_speaks_against_is_named_only_when_it_counts():
    teacher = Teacher(CATALOGUE)
    assert teacher.plan(attribution([1.0, -0.9, 0.5, 0.0])).against == 1
    assert teacher.plan(attribution([1.0, -0.01, 0.5, 0.0])).against is None
    assert teacher.plan(attribution([-1.0, -2.0, -0.5, -0.1], rank=400)).reasons == ()


def test_what_two_items_share_is_the_rarest_value_that_both_have():
    plan = Teacher(CATALOGUE).plan(attribution([1.0, 0.0, 0.0, 0.0], item=4))
    [reason] = plan.reasons
    assert (reason.attribute, reason.value) == ("year", "1979")
    plan = Teacher(CATALOGUE).plan(attribution([0.0, 1.0, 0.0, 0.0], item=3))
    assert plan.reasons[0].attribute is None


@pytest.mark.parametrize("rank", [1, 8, 300])
@pytest.mark.parametrize(
    "effects", [[3, 0, 0, 0], [1, 1, 1, 0], [1, -1, 0.5, 0], [0, 0, 0, 0], [-1, -2, -3, -4]]
)
def test_every_wording_cites_what_the_plan_says_and_nothing_else(effects, rank):
    plan = Teacher(CATALOGUE).plan(attribution(effects, rank=rank))
    expected = {plan.item, *(r.item for r in plan.reasons)} | (
        {plan.against} if plan.against is not None else set()
    )
    wordings = {text(CATALOGUE, plan, seed) for seed in range(60)}
    assert len(wordings) > 8
    for wording in wordings:
        assert {c.item for c in citations(wording, CATALOGUE)} == expected
        assert wording.endswith(".") and wording[0] in "«ABCEIMOTH" and "  " not in wording
        assert "{" not in wording and ",," not in wording and " ," not in wording


def test_words_are_those_of_the_domain():
    products = Catalogue(CATALOGUE.item_ids, CATALOGUE.titles, {}, PRODUCTS)
    plan = Teacher(products).plan(attribution([0.0, 0.0, 0.0, 0.0]))
    texts = " ".join(text(products, plan, seed) for seed in range(40))
    assert "bought" in texts and "product" in texts and "film " not in texts.replace('film"', "")


def test_a_title_with_citation_marks_cannot_break_its_citation():
    plan = Teacher(CATALOGUE).plan(attribution([0.0, 0.0, 0.0, 2.0]))
    cited = citations(text(CATALOGUE, plan, 0), CATALOGUE)
    assert 4 in {c.item for c in cited}
