import pytest

from recexplainer_core.modes import AlignmentMode
from recexplainer_core.prompting import prompts
from recexplainer_core.rationale.specification import Specification, asked_for, every_specification
from tests.fakes.tiny_lm import CATALOGUE


def question(specification: Specification | None) -> str:
    asked = prompts.rationale(
        CATALOGUE, [0], 7, AlignmentMode.BEHAVIOUR, "first", asks_for=asked_for(specification)
    )
    return "".join(segment.text for segment in asked)


def test_every_specification_is_asked_for_in_other_words():
    specifications = every_specification()
    asked = [question(specification) for specification in specifications]
    assert len(set(asked)) == len(specifications) == len(set(specifications))
    assert all(text.startswith(question(None)) and "{" not in text for text in asked)


@pytest.mark.parametrize(
    ("specification", "asks"),
    [
        (Specification("alone", 1), "One film carries it."),
        (Specification("some", 3, "needed"), "Three films count. Without that it drops out."),
        (Specification("together", 2, "robust"), "Two films count together. Without that it stays."),
    ],
)
def test_a_question_says_what_is_asked_for_in_the_catalogues_words(specification, asks):
    assert question(specification).endswith(f"? {asks}")
