"""A writer of rationales is one file and one line: pages, checks and figures use it like any other."""

from collections.abc import Callable

import pytest

from recexplainer_core.histories import History
from recexplainer_core.modes import ALIGNED, AlignmentMode
from recexplainer_core.rationale.explainer import Explainer
from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.rationale.writers import WRITERS
from recexplainer_core.surrogate.engine import Engine

HISTORY = History.of([0, 2, 3, 7])


@pytest.fixture(scope="module", autouse=True)
def registered(register: Callable) -> None:
    register(WRITERS, "two titles", "tests.extending.new_writer:TemplateWriter")


@pytest.mark.parametrize("mode", ALIGNED)
def test_its_sentences_are_read_and_every_claim_is_tested(engine: Engine, mode: AlignmentMode) -> None:
    stream = Explainer(engine, "two titles").explain(RationaleRequest(HISTORY, 5, mode))
    text = "".join(stream)
    rationale = stream.rationale
    assert (rationale.text, rationale.writer, rationale.complete) == (text, "two titles", True)
    assert len(rationale.cited_items - {5}) == 2 and rationale.cited_items <= {5, *HISTORY.items}
    assert [text[one.start : one.end] for one in rationale.citations][0] == f"«{engine.catalogue.titles[5]}»"
    assert {one.kind for one in rationale.checks} == {"verdict", "cited", "order", "weight"}
    assert all(one.holds is not None for one in rationale.checks)


def test_many_are_written_as_one_is(engine: Engine) -> None:
    explainer = Explainer(engine, "two titles")
    requests = [RationaleRequest(HISTORY, item, AlignmentMode.HYBRID) for item in (5, 8)]
    streams = [explainer.explain(request) for request in requests]
    assert [one.text for one in explainer.explain_all(requests)] == ["".join(stream) for stream in streams]


def test_it_compares_two_items(engine: Engine) -> None:
    stream = Explainer(engine, "two titles").explain(
        RationaleRequest(HISTORY, 5, AlignmentMode.HYBRID, other=8)
    )
    assert " comes before «" in (text := "".join(stream)) or " comes after «" in text
    assert stream.rationale.checks[0].kind == "verdict"


def test_what_it_did_not_write_is_unread(engine: Engine) -> None:
    assert Explainer(engine, "two titles").writer.read("Just so.").unread == ("Just so.",)
