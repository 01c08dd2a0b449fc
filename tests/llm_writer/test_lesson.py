"""The lesson says of every item only what its evidence says, over several domains."""

from recexplainer_core.catalogue import normalise_title
from recexplainer_core.llm_writer.domains import TAUGHT, UNSEEN
from recexplainer_core.llm_writer.lesson import lessons
from recexplainer_core.llm_writer.support import supported
from recexplainer_core.rationale.claims import Interest, Shares
from recexplainer_core.rationale.interest import TITLE
from recexplainer_core.rationale.read_back import sentences_of
from recexplainer_core.rationale.surrogate_claims import reasons_of

LESSONS = list(lessons(400, 3))


def test_every_domain_and_voice_is_taught_and_the_unseen_one_is_not():
    wordings = {lesson.subject.catalogue.wording for lesson in LESSONS}
    assert wordings == {domain.wording for domain in TAUGHT.values()}
    assert UNSEEN.wording not in wordings
    assert {lesson.voice for lesson in LESSONS} == {"analyst", "viewer", "brief"}


def test_the_evidence_names_what_the_text_names():
    for lesson in LESSONS:
        for title in lesson.subject.catalogue.titles:
            assert f"«{title}»" not in lesson.text or f"«{title}»" in lesson.evidence


def test_values_that_are_told_are_those_of_the_items():
    for lesson in LESSONS:
        for claim in lesson.claims:
            if isinstance(claim, Interest | Shares):
                catalogue = lesson.subject.catalogue
                for item in (0, *(claim.items if isinstance(claim, Interest) else (claim.item,))):
                    if claim.attribute == TITLE:
                        assert claim.value in normalise_title(catalogue.titles[item])
                    else:
                        assert claim.value in catalogue.values(item, claim.attribute)


def test_the_reader_finds_in_the_lesson_what_its_evidence_says():
    """A writer that writes like its lesson is seldom told to write again."""
    told = [lesson for lesson in LESSONS if reasons_of(lesson.claims)]
    read = [(lesson, one) for lesson in told for one in sentences_of(lesson.text, lesson.subject)]
    held = [one.claims and all(supported(claim, a.claims) for claim in one.claims) for a, one in read]
    assert sum(map(bool, held)) / len(held) > 0.94


def test_the_same_seed_gives_the_same_lesson():
    assert [one.text for one in lessons(20, 5)] == [one.text for one in lessons(20, 5)]
    assert [one.text for one in lessons(20, 5)] != [one.text for one in lessons(20, 6)]
