import random
import re

import pytest

from recexplainer_core.catalogue import PRODUCTS, Catalogue
from recexplainer_core.grammar.teacher import SHARPNESS, write
from recexplainer_core.lm.segments import Cited, ItemSlot, UserSlot
from recexplainer_core.rationale.plan import Plan, Reason
from recexplainer_core.rationale.reading import citations
from tests.fakes.plans import drawn_plan
from tests.rationale.test_plan import CATALOGUE


def text(catalogue: Catalogue, plan: Plan, seed: int) -> str:
    segments = write(catalogue, plan, random.Random(seed))
    assert not any(isinstance(s, UserSlot | ItemSlot) for s in segments)
    return "".join(s.text for s in segments)


@pytest.mark.parametrize("seed", range(40))
def test_every_text_cites_what_the_plan_says_and_nothing_else(seed):
    plan = drawn_plan(CATALOGUE, random.Random(seed))
    expected = {plan.item, *(r.item for r in plan.reasons), plan.against, plan.other} - {None}
    texts = {text(CATALOGUE, plan, number) for number in range(40)}
    assert len(texts) > 20
    for written in texts:
        assert {c.item for c in citations(written, CATALOGUE)} == expected
        assert written.endswith(".") and not written[0].islower() and "  " not in written
        assert not re.search(r"[{}]|[,;:.] ?[,;:]| [,;:.]", written.replace("...", ""))


def test_a_thousand_rationales_have_nine_hundred_skeletons():
    rng = random.Random(0)
    skeletons = set()
    for seed in range(1000):
        plan = drawn_plan(CATALOGUE, rng)
        written = text(CATALOGUE, plan, seed)
        for reason in plan.reasons:
            written = written.replace(reason.value or "?", "_")
        skeletons.add(re.sub("«[^»]*»", "«»", written))
    assert len(skeletons) >= 900


def test_words_are_those_of_the_domain():
    products = Catalogue(CATALOGUE.item_ids, CATALOGUE.titles, {}, PRODUCTS)
    texts = " ".join(text(products, Plan(3, "first", (), "nothing"), seed) for seed in range(40))
    assert "bought" in texts and "product" in texts and "film " not in texts.replace('film"', "")


def test_a_title_with_citation_marks_cannot_break_its_citation():
    plan = Plan(3, "first", (Reason(4),), "alone")
    assert 4 in {c.item for c in citations(text(CATALOGUE, plan, 0), CATALOGUE)}


def test_each_reason_says_how_right_its_rivals_are_and_is_then_none_itself():
    plan = Plan(3, "first", (Reason(2), Reason(0)), "some")
    contributions = {0: 0.2, 1: -0.5, 2: 0.6, 4: 0.0}
    said = [s for s in write(CATALOGUE, plan, random.Random(0), contributions) if isinstance(s, Cited)]
    [explained] = [s for s in said if s.text == "Moon"]
    assert [title for title, share in explained.alternatives if share] == ["Moon"] and len(
        explained.alternatives
    ) == 5
    said.remove(explained)
    assert [s.text for s in said] == ["Solaris", "Alien"]
    right = dict(said[0].alternatives)
    assert [title for title, share in right.items() if share] == ["Alien", "Solaris"]
    assert right["Solaris"] / right["Alien"] == pytest.approx((0.6 / 0.2) ** SHARPNESS)
    assert "Solaris" not in dict(said[1].alternatives)
