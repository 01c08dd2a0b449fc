import pytest

from recexplainer_core.surrogate import prompts
from recexplainer_core.surrogate.brief import Brief, every_brief
from recexplainer_core.surrogate.modes import AlignmentMode
from tests.surrogate.tiny_lm import CATALOGUE


def question(brief: Brief | None) -> str:
    asked = prompts.rationale(CATALOGUE, [0], 7, AlignmentMode.BEHAVIOUR, "first", brief=brief)
    return "".join(segment.text for segment in asked)


def test_every_brief_is_asked_for_in_other_words():
    briefs = every_brief()
    asked = [question(brief) for brief in briefs]
    assert len(set(asked)) == len(briefs) == len(set(briefs))
    assert all(text.startswith(question(None)) and "{" not in text for text in asked)


@pytest.mark.parametrize(
    ("brief", "said"),
    [
        (Brief("alone", 1), "One film carries it."),
        (Brief("some", 3, "needed"), "Three films count. Without that it drops out."),
        (Brief("together", 2, "robust"), "Two films count together. Without that it stays."),
    ],
)
def test_a_question_says_what_is_asked_for_in_the_catalogues_words(brief, said):
    assert question(brief).endswith(f"? {said}")
