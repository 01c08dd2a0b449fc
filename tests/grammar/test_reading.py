import random

import pytest

from recexplainer_core.catalogue import PRODUCTS, Catalogue
from recexplainer_core.grammar.reading import read
from recexplainer_core.grammar.teacher import write
from tests.fakes.plans import drawn_plan
from tests.fakes.tiny_lm import CATALOGUE as NASTY
from tests.rationale.test_plan import CATALOGUE

ODD = Catalogue(
    ["a", "b", "c", "d", "e"],
    ["One (1999)", "Two, and three", "so: what", "because of you", "(also by X)"],
    {"director": [("X (Y)",), ("X (Y)",), ("Z",), ("Z",), ("Z",)], "brand": [("and",)] * 5},
    PRODUCTS,
)


@pytest.mark.parametrize("catalogue", [CATALOGUE, NASTY, ODD], ids=["films", "nasty", "odd"])
def test_what_the_teacher_writes_is_read_back_as_its_plan(catalogue):
    rng = random.Random(0)
    for _ in range(1500):
        plan = drawn_plan(catalogue, rng)
        text = "".join(segment.text for segment in write(catalogue, plan, rng))
        reading = read(text, catalogue)
        assert reading.unread == (), text
        named = [one.citation.item for one in reading.cited("verdict")]
        assert named == [plan.item, *([plan.other] if plan.other is not None else [])], text
        assert reading.claimed("verdict") == plan.verdict, text
        reasons = [(one.citation.item, one.attribute, one.value) for one in reading.cited("reasons")]
        assert reasons == [(r.item, r.attribute, r.value) for r in plan.reasons], text
        assert (reading.claimed("reasons") or reading.claimed("nothing")) == plan.weight, text
        assert reading.claimed("without") == plan.without, text
        against = [one.citation.item for one in reading.cited("against")]
        assert against == ([plan.against] if plan.against is not None else []), text


def test_what_the_grammar_does_not_know_is_shown_as_such_and_the_rest_is_read():
    reading = read("«Moon» is recommended because I like it; «Heat» speaks against it. Honestly!", CATALOGUE)
    assert reading.claimed("verdict") == "listed"
    assert [one.citation.item for one in reading.cited("against")] == [1]
    assert reading.unread == ("because I like it", "Honestly!")


def test_titles_and_remarks_that_nobody_knows_are_kept():
    reading = read(
        "«Moon» is recommended because of «No Film» (also space) and «Alien» (blue too).", CATALOGUE
    )
    first, second = reading.cited("reasons")
    assert (first.citation.item, first.citation.title, first.value) == (None, "No Film", "space")
    assert (second.citation.item, second.remark, second.value) == (0, "blue too", "blue")


@pytest.mark.parametrize("text", ["", "«", "«Moon", "«Moon» is", ".", "; : , and"])
def test_half_a_rationale_is_no_trouble(text):
    assert read(text, CATALOGUE).clauses == ()
