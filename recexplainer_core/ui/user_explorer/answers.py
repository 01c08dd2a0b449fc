"""The answer to a free question: kept per session like a reason, its titles marked, tested as far as it can be."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.histories import History
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.prompting.mentions import mentions
from recexplainer_core.ui.shared.bundle_cache import cached, explainer_of
from recexplainer_core.ui.shared.marking import plain, title_mark, with_marks
from recexplainer_core.ui.shared.written_text import WrittenText, as_written, text_of, written_texts

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.rationale.checks import Check

LONGEST_QUESTION = 200
"""Characters that may be typed."""


@dataclass(frozen=True)
class FreeQuestion:
    """What is asked of the language model.

    Args:
        manifest_hash: of the bundle.
        history: the user's.
        item: that the question is about; None where it is the user.
        explained: the item on screen.
        mode: in which it is asked.
        text: as it was typed.
    """

    manifest_hash: str
    history: History
    item: int | None
    explained: int
    mode: AlignmentMode
    text: str


def answer_to(question: FreeQuestion) -> WrittenText | None:
    """Return the answer of this session, None where the question has not been asked."""
    return written_texts().get(question)


def put_question(question: FreeQuestion) -> None:
    """Ask: the answer is written when the page next comes to it; asked again, it gets other words."""
    if (answer := answer_to(question)) is not None:
        answer.restart()
    else:
        text_of(question)


def write_answer(bundle: Bundle, question: FreeQuestion, answer: WrittenText) -> Iterator[str]:
    """Yield Markdown as the language model writes, word by word."""
    cancel = threading.Event()
    pieces = explainer_of(bundle).surrogate.answer(
        question.history, question.text, question.mode, question.item, cancel, answer.temperature
    )
    yield from as_written(pieces, cancel.set, answer, bundle.catalogue, question.history.items)


def marked_answer(text: str, catalogue: Catalogue, history: Collection[int]) -> str:
    """Return Markdown of an answer: titles of the history highlighted, other titles bold, no other markup."""
    return with_marks(
        text,
        mentions(text, catalogue),
        plain,
        lambda named: title_mark(text[named.start : named.end], named.item in history),
    )


@cached(500, "Testing what is said…")
def answer_checks_of(
    bundle: Bundle, text: str, history: History, item: int | None, explained: int
) -> list[Check]:
    """Return what of an answer could be tested; see `check_answer`."""
    from recexplainer_core.dialogue.answer_checks import check_answer

    reading = explainer_of(bundle).writer.read(text)
    return check_answer(text, reading, bundle.catalogue, bundle.recommender, history, item, explained)
