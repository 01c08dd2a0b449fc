"""What a language model writes is held to the evidence, whatever it writes."""

import pytest

from recexplainer_core.llm_writer.held import HeldWriter
from recexplainer_core.prose.writer import TemplateWriter
from recexplainer_core.rationale.claim_checks import Subject
from recexplainer_core.rationale.claims import Cites, Rank, Removal, Strongest
from recexplainer_core.rationale.removals import Removals
from tests.rationale.test_reasons import CATALOGUE, HISTORY, ITEM, surrogate

CLAIMS = (Rank(ITEM, "first"), Cites(0), Removal((0,), "needed"))
LEAD = "«Film 10» is one of the first choices because of «Film 0»."
REMOVED = "Without «Film 0», it would no longer be recommended."
WRONG = "Even without «Film 0», it would still be recommended."
EMPTY = "What a lovely evening it was."


def subject() -> Subject:
    return Subject(CATALOGUE, Removals(surrogate().recommender, HISTORY, ITEM))


class Scripted(HeldWriter):
    """Goes on with what it is given, call by call."""

    def __init__(self, *texts: str) -> None:
        self.texts, self.asked = list(texts), []

    def continued(self, evidence, titles, begun, temperature):
        self.asked.append((evidence, [*titles], begun, temperature))
        return self.texts.pop(0)


def written(writer: HeldWriter, claims=CLAIMS, variant=0) -> list[str]:
    return [one.text for one in writer.write(claims, subject(), "analyst", variant)]


def test_what_the_evidence_says_is_kept_with_the_claims_that_were_read():
    writer = Scripted(f"{LEAD} {REMOVED}")
    found = writer.write(CLAIMS, subject(), "analyst", 0)
    assert [one.text for one in found] == [LEAD, REMOVED]
    assert Removal((0,), "needed") in found[1].claims
    [(evidence, titles, begun, temperature)] = writer.asked
    assert "Without «Film 0»: no longer recommended." in evidence
    assert (titles, begun, temperature) == (["Film 10", "Film 0"], "", 0.0)


@pytest.mark.parametrize("fault", [WRONG, EMPTY, "«Film 3» speaks for it, too."])
def test_a_sentence_that_is_not_in_the_evidence_is_written_again(fault):
    writer = Scripted(f"{LEAD} {fault}", REMOVED)
    assert written(writer) == [LEAD, REMOVED]
    assert writer.asked[1][2] == LEAD and writer.asked[1][3] > 0


def test_after_two_tries_it_is_left_out_and_what_follows_it_kept():
    writer = Scripted(f"{LEAD} {WRONG}", EMPTY, f"{WRONG} {REMOVED}")
    assert written(writer) == [LEAD, REMOVED]
    assert len(writer.asked) == 3


def test_where_no_reason_is_left_the_frames_word_it():
    assert written(Scripted(WRONG, EMPTY, EMPTY)) == [
        one.text for one in TemplateWriter().write(CLAIMS, subject(), "analyst", 0)
    ]


def test_without_a_reason_nobody_is_asked():
    writer = Scripted()
    assert written(writer, (Rank(ITEM, "far"),)) and not writer.asked


def test_other_words_are_drawn():
    writer = Scripted(f"{LEAD} {REMOVED}")
    written(writer, variant=1)
    assert writer.asked[0][3] > 0


def test_a_claim_that_was_not_given_is_not_said():
    writer = Scripted(f"{LEAD} «Film 0» weighs most.", *["«Film 0» weighs most."] * 2)
    assert written(writer) == [LEAD]
    with_it = (*CLAIMS, Strongest(0))
    assert written(Scripted(f"{LEAD} «Film 0» weighs most."), with_it) == [LEAD, "«Film 0» weighs most."]


def test_what_only_repeats_is_left_out():
    again = "Take away «Film 0», and «Film 10» is no longer recommended."
    assert written(Scripted(f"{LEAD} {REMOVED} {again}")) == [LEAD, REMOVED]
