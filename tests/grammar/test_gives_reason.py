import pytest

from recexplainer_core.grammar import clauses
from recexplainer_core.grammar.reason_guard import gives_reason
from tests.fakes.tiny_lm import CATALOGUE

WORDS = {
    "user": "viewer",
    "item_word": "film",
    "items": "films",
    "consumed": "watched",
    "item": "Ran",
    "other": "Solaris",
    "them": "that",
}
REASONS = "«Heat» (also drama (and more)), «Alien» and «Aliens»"


def citations_in(text: str) -> list[tuple[str, bool]]:
    """Return the title behind every opening mark, and whether it is held to be a reason's."""
    found, cites = [], False
    for place, character in enumerate(text):
        if character == "«":
            title = text[place + 1 : text.index("»", place)]
            if title not in ("Ran", "Solaris"):
                found.append((title, gives_reason(CATALOGUE, text[: place + 1], cites)))
                cites = True
    return found


@pytest.mark.parametrize("joint", clauses.JOINTS["against"])
@pytest.mark.parametrize("against", clauses.AGAINST)
def test_reasons_are_told_from_what_speaks_against_the_item(against: str, joint: str):
    clause = against.format(against="Mirror")
    for carried in (*clauses.CARRIED["some"], *clauses.BECAUSE["some"], *clauses.CARRIED["together"]):
        text = f"«Ran» makes the list, {carried.format(reasons=REASONS, **WORDS)}{joint}{clause}."
        assert citations_in(text) == [("Heat", True), ("Alien", True), ("Aliens", True), ("Mirror", False)]
    text = f"Nothing watched points to it{joint}{clause}."
    assert citations_in(text) == [("Mirror", False)]
