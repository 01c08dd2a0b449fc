import html

import pytest

from recexplainer_core.modes import AlignmentMode
from recexplainer_core.ui.shared.reasons import WrittenReason, marked, write
from tests.fakes.bundle import NASTY, FakeEngine, FakeRecommender, fake_catalogue

CATALOGUE = fake_catalogue(nasty=True)
HISTORY = (4, 3, 2, 1, 0)
LISTED = [len(CATALOGUE) - 1]
KEY = ("stamp", HISTORY, len(CATALOGUE) - 1, AlignmentMode.HYBRID)


def engine(**settings: float) -> FakeEngine:
    return FakeEngine(CATALOGUE, FakeRecommender(len(CATALOGUE)), **settings)


def test_citations_of_the_history_are_highlighted_and_others_bold() -> None:
    assert marked("«Alien» or «Heat».", CATALOGUE, HISTORY) == ":orange-background[Alien] or **Heat**&#46;"


def test_what_the_model_writes_is_never_markup() -> None:
    shown = marked(f"# {NASTY} «{NASTY}»", CATALOGUE, HISTORY)
    assert html.unescape(shown).replace("\u2060", "") == f"# {NASTY} **{NASTY}**"
    assert "<" not in shown and "$" not in shown and shown.count("[") == 0


def test_the_pieces_on_screen_make_the_whole() -> None:
    reason = WrittenReason()
    pieces = list(write(engine(), KEY, reason, CATALOGUE, LISTED, lambda cited: None))
    assert "".join(pieces) == marked(reason.text, CATALOGUE, HISTORY)
    assert reason.finished and len(pieces) > 10


def test_no_piece_holds_half_a_citation() -> None:
    pieces = list(write(engine(), KEY, WrittenReason(), CATALOGUE, LISTED, lambda cited: None))
    assert not any("«" in piece or "»" in piece for piece in pieces)


def test_cited_items_are_told_as_they_come() -> None:
    told: list[set[int]] = []
    list(write(engine(), KEY, WrittenReason(), CATALOGUE, LISTED, told.append))
    assert told[0] == {0} and {0, 3} in told and told[-1] == {0, 3, len(CATALOGUE) - 1}


def test_whoever_stops_reading_stops_the_model() -> None:
    speaker, reason = engine(), WrittenReason()
    stream = write(speaker, KEY, reason, CATALOGUE, LISTED, lambda cited: None)
    next(stream)
    stream.close()
    assert not reason.finished and 0 < len(reason.text) < 40


def test_a_second_try_uses_other_words() -> None:
    reason = WrittenReason()
    list(write(engine(), KEY, reason, CATALOGUE, LISTED, lambda cited: None))
    first = reason.text
    reason.restart()
    assert not reason.finished
    list(write(engine(), KEY, reason, CATALOGUE, LISTED, lambda cited: None))
    assert reason.text != first


@pytest.mark.parametrize("text", ["", "No citation at all.", "An open one: «Ali"])
def test_any_text_can_be_shown(text: str) -> None:
    assert html.unescape(marked(text, CATALOGUE, HISTORY)) == text
