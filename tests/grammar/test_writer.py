import threading

import pytest

from recexplainer_core.errors import ModelError
from recexplainer_core.grammar.writer import GrammarWriter
from recexplainer_core.histories import History
from recexplainer_core.modes import ALIGNED, AlignmentMode
from recexplainer_core.rationale.evidence import gather_evidence
from recexplainer_core.rationale.reading import citations
from recexplainer_core.rationale.request import RationaleRequest
from tests.fakes.tiny_lm import CATALOGUE, NASTY, TITLES

HISTORIES = [History.of(items) for items in ((0, 2), (3,), (), (5, 7, 8, 1), (TITLES.index(NASTY), 4))]
ASKED = RationaleRequest(History.of((0,)), 2, AlignmentMode.HYBRID)
COMPARED = RationaleRequest(History.of((0,)), 2, AlignmentMode.HYBRID, other=3)


@pytest.fixture(scope="module")
def writer(engine):
    return GrammarWriter(engine)


def requests(histories, items, modes=ALIGNED):
    return [
        RationaleRequest(History.of(history), item, mode)
        for history, item, mode in zip(histories, items, modes, strict=True)
    ]


@pytest.mark.parametrize("mode", list(AlignmentMode))
def test_a_rationale_can_only_cite_the_history_or_the_item(writer, mode):
    for history in HISTORIES:
        text = "".join(writer.stream(RationaleRequest(history, 9, mode), "listed"))
        cited = citations(text, CATALOGUE)
        assert {c.item for c in cited} <= {*history.items, 9}


def test_writing_stops_when_cancelled_and_when_nobody_reads_on(writer, engine):
    cancel = threading.Event()
    cancel.set()
    assert len("".join(writer.stream(ASKED, "first", cancel))) < 40
    stream = writer.stream(ASKED, "first")
    next(stream, None)
    stream.close()
    assert engine.predict([ASKED.history], [AlignmentMode.HYBRID], k=1)[0]


def test_rationales_written_in_one_batch_are_those_written_alone(writer):
    asked, verdicts = requests([(0, 1), (4, 2, 3), (5,)], [9, 7, 8]), ["first", "listed", "unlikely"]
    alone = ["".join(writer.stream(one, verdict)) for one, verdict in zip(asked, verdicts, strict=True)]
    assert writer.write(asked, verdicts) == alone


def test_rationales_are_asked_for_as_the_model_itself_answers_in_a_word(engine):
    histories, items = [(0, 1), (4, 2, 3), (5,), ()], [9, 7, 8, 2]
    verdicts, modes = ["first", "possible", "unlikely", "first"], [*ALIGNED, AlignmentMode.HYBRID]
    asked = requests(histories, items, modes)
    found = gather_evidence(engine, asked, verdicts)
    typed = [one.history for one in asked]
    for own, named in zip(found, engine.deciding(typed, items, modes), strict=True):
        assert list(own.named) == sorted(named, key=named.get, reverse=True)[: len(own.named)]
    [chance] = engine.chances_without(typed[:1], items[:1], [found[0].named], modes[:1])
    assert found[0].specification.without == ("robust" if chance >= 0.5 else "needed")
    assert found[1].specification.count == len(found[1].named) and found[1].specification.without is None
    assert [own.specification for own in found[2:]] == [None, None]


def test_a_vector_of_another_history_is_put_in_its_place(writer):
    history, other = History.of((0, 1)), History.of((4, 2, 3))
    asked = RationaleRequest(history, 9, AlignmentMode.INTENTION, vectors_of=other)
    [swapped] = writer.write([asked], ["first"])
    assert {c.item for c in citations(swapped, CATALOGUE)} <= {*history.items, *other.items, 9}


@pytest.mark.parametrize("mode", list(AlignmentMode))
def test_a_comparison_can_only_cite_the_history_and_the_two_items(writer, mode):
    for history in HISTORIES:
        for verdict in ("before", "after"):
            text = "".join(writer.stream(RationaleRequest(history, 9, mode, other=6), verdict))
            assert {c.item for c in citations(text, CATALOGUE)} <= {*history.items, 9, 6}


def test_a_comparison_stops_when_cancelled(writer):
    cancel = threading.Event()
    cancel.set()
    assert len("".join(writer.stream(COMPARED, "before", cancel))) < 40


def test_who_has_no_language_model_here_cannot_be_guarded():
    with pytest.raises(ModelError, match="another writer"):
        GrammarWriter(object())
