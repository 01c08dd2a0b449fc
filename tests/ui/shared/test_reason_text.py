"""A reason on screen."""

from recexplainer_core.histories import History
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.rationale.explainer import Rationale
from recexplainer_core.rationale.reasons import Reason
from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.ui.shared.reason_text import rationale_markdown
from tests.fakes.tiny_lm import CATALOGUE

REQUEST = RationaleRequest(History.of([1, 2]), 0, AlignmentMode.HYBRID)


def test_a_reason_without_words_says_so_however_it_was_written() -> None:
    read_back = Rationale(REQUEST, "", "  ")
    worded = Rationale(REQUEST, "", "", reason=Reason(REQUEST, (), ()))
    for rationale in (read_back, worded):
        assert rationale_markdown(rationale, CATALOGUE) == ":gray[It said nothing.]"


def test_words_are_shown() -> None:
    assert "It is alike" in rationale_markdown(Rationale(REQUEST, "", "It is alike."), CATALOGUE)
