import html
from collections.abc import Iterator

import pytest

from recexplainer_core.histories import History
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.rationale.explainer import Explainer, RationaleStream
from recexplainer_core.rationale.reading import citations
from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.ui.shared.marking import marked
from recexplainer_core.ui.shared.written_text import WrittenText, as_written
from tests.fakes.bundle import NASTY, FakeEngine, FakeRecommender, fake_catalogue

CATALOGUE = fake_catalogue(nasty=True)
HISTORY = (4, 3, 2, 1, 0)
LISTED = [len(CATALOGUE) - 1]
REQUEST = RationaleRequest(History.of(HISTORY), len(CATALOGUE) - 1, AlignmentMode.HYBRID)


def stream(temperature: float = 0.0) -> RationaleStream:
    engine = FakeEngine(CATALOGUE, FakeRecommender(len(CATALOGUE)))
    return Explainer(engine, "fake").explain(REQUEST, LISTED, temperature=temperature)


def written(reason: WrittenText, on_citation=lambda cited: None) -> Iterator[str]:  # type: ignore[no-untyped-def]
    pieces = stream(reason.temperature)
    return as_written(pieces, pieces.close, reason, CATALOGUE, HISTORY, on_citation)


def shown(text: str) -> str:
    return marked(text, citations(text, CATALOGUE), HISTORY)


def test_citations_of_the_history_are_highlighted_and_others_bold() -> None:
    assert shown("«Alien» or «Heat».") == ":orange-background[Alien] or **Heat**&#46;"


def test_what_the_model_writes_is_never_markup() -> None:
    text = shown(f"# {NASTY} «{NASTY}»")
    assert html.unescape(text).replace("\u2060", "") == f"# {NASTY} **{NASTY}**"
    assert "<" not in text and "$" not in text and text.count("[") == 0


def test_the_pieces_on_screen_make_the_whole() -> None:
    reason = WrittenText()
    pieces = list(written(reason))
    assert "".join(pieces) == shown(reason.text)
    assert reason.finished and len(pieces) > 10


def test_no_piece_holds_half_a_citation() -> None:
    pieces = list(written(WrittenText()))
    assert not any("«" in piece or "»" in piece for piece in pieces)


def test_cited_items_are_told_as_they_come() -> None:
    cited: list[frozenset[int]] = []
    list(written(WrittenText(), cited.append))
    assert cited[0] == {0} and {0, 3} in cited and cited[-1] == {0, 3, len(CATALOGUE) - 1}


def test_whoever_stops_reading_stops_the_model() -> None:
    reason, pieces = WrittenText(), stream()
    shown_pieces = as_written(pieces, pieces.close, reason, CATALOGUE, HISTORY)
    next(shown_pieces)
    shown_pieces.close()
    assert not reason.finished and 0 < len(reason.text) < 40
    assert next(pieces, None) is None
    assert (pieces.rationale.text, pieces.rationale.complete) == (reason.text, False)


def test_a_second_try_uses_other_words() -> None:
    reason = WrittenText()
    list(written(reason))
    first = reason.text
    reason.restart()
    assert not reason.finished
    list(written(reason))
    assert reason.text != first


@pytest.mark.parametrize("text", ["", "No citation at all.", "An open one: «Ali"])
def test_any_text_can_be_shown(text: str) -> None:
    assert html.unescape(shown(text)) == text
