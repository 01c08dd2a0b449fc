import threading

import pytest

from recexplainer_core.errors import UnknownNameError
from recexplainer_core.histories import History
from recexplainer_core.modes import ALIGNED, AlignmentMode
from recexplainer_core.rationale.explainer import Explainer
from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.rationale.verdict import own_order, own_verdicts

REQUESTS = [
    RationaleRequest(History.of(history), item, mode)
    for history, item, mode in zip(((0, 1), (4, 2, 3), (5,)), (9, 7, 8), ALIGNED, strict=True)
]


@pytest.fixture(scope="module")
def explainer(engine):
    return Explainer(engine)


def test_a_streamed_rationale_is_that_of_a_batch_with_verdict_citations_and_checks(explainer):
    batch = explainer.explain_all(REQUESTS)
    for request, expected in zip(REQUESTS, batch, strict=True):
        stream = explainer.explain(request)
        assert "".join(stream) == stream.text == expected.text
        assert stream.rationale == expected
        assert expected.complete and expected.writer == "grammar"
        assert [expected.verdict] == own_verdicts(
            explainer.surrogate, [request.history], [request.item], [request.mode]
        )
        assert expected.cited_items == {one.item for one in expected.citations}


def test_every_claim_is_tested_unless_that_is_not_wanted(explainer):
    assert all(one.checks for one in explainer.explain_all(REQUESTS) if one.text)
    assert not any(one.checks for one in explainer.explain_all(REQUESTS, tested=False))


def test_a_verdict_that_is_given_is_taken(explainer):
    verdicts = ["unlikely", "first", "listed"]
    assert [one.verdict for one in explainer.explain_all(REQUESTS, verdicts=verdicts)] == verdicts


def test_a_comparison_is_held_to_the_surrogates_own_order(explainer):
    request = RationaleRequest(History.of((0, 2)), 9, AlignmentMode.HYBRID, other=6)
    stream = explainer.explain(request)
    "".join(stream)
    order = own_order(explainer.surrogate, request.history, 9, 6, request.mode)
    assert stream.rationale.verdict == order in ("before", "after")


def test_what_is_stopped_is_kept_as_far_as_it_came(explainer):
    cancel = threading.Event()
    stream = explainer.explain(REQUESTS[0], cancel=cancel)
    first = next(stream)
    stream.close()
    assert cancel.is_set()
    assert stream.rationale.text == first and not stream.rationale.complete


def test_a_writer_that_does_not_exist_is_named(engine):
    with pytest.raises(UnknownNameError, match="no writer of rationales 'poet'.*grammar"):
        Explainer(engine, writer="poet")
