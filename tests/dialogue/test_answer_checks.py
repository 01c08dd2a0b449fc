import pytest

from recexplainer_core.dialogue.answer_checks import check_answer
from recexplainer_core.grammar.reading import read
from recexplainer_core.rationale.checks import Check
from tests.rationale.test_checks import CATALOGUE, HISTORY, target


def found(text: str, item: int | None = None) -> list[Check]:
    return check_answer(text, read(text, CATALOGUE), CATALOGUE, target(), HISTORY, item, 10)


def test_a_title_is_placed_in_the_history_or_in_the_targets_order() -> None:
    assert [(one.kind, one.holds, one.finding) for one in found("Film 2; Film 10; Film 10")] == [
        ("title", None, "in the history"),
        ("title", None, "the target has it at no. 1"),
    ]


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Film 1 is drama.", [True]),
        ("Film 1 is crime.", [False]),
        ("Drama.", [True]),
        ("Film 1 is drama and Film 2 is drama", [True, False]),
        ("Film 1 is not crime.", []),
    ],
)
def test_what_is_said_of_an_item_is_looked_up(text: str, holds: list[bool]) -> None:
    assert [one.holds for one in found(text, item=1) if one.kind == "fact"] == holds


def test_what_is_said_of_the_user_is_counted_among_the_recommendations() -> None:
    crime, drama = found("The suggestions lean towards crime and drama.")
    assert crime.kind == drama.kind == "leaning"
    assert (crime.holds, drama.holds) == (True, False)
    assert crime.finding.startswith("16 of the target's first 16")


def test_a_reason_is_tested_as_one() -> None:
    kinds = [one.kind for one in found("«Film 10» is a clear choice, mostly because of «Film 0».")]
    assert kinds[:2] == ["verdict", "cited"]


def test_what_names_nothing_is_not_tested() -> None:
    assert found("Nobody knows.") == []
