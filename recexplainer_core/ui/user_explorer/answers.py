"""The answer to a free question while it is written and after: kept per session, titles marked."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.prompting.mentions import mentions
from recexplainer_core.ui.shared.bundle_cache import stamp
from recexplainer_core.ui.shared.escaping import markdown_text
from recexplainer_core.ui.shared.reasons import KEPT, WrittenReason

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.rationale.checks import Check
    from recexplainer_core.surrogate.engine import Engine

LONGEST_QUESTION = 200
"""Characters that may be typed."""


@dataclass(frozen=True)
class FreeQuestion:
    """What is asked of the language model.

    Args:
        manifest_hash: of the bundle.
        history: oldest first.
        item: that the question is about; None where it is the user.
        explained: the item on screen.
        mode: in which it is asked.
        text: as it was typed.
    """

    manifest_hash: str
    history: tuple[int, ...]
    item: int | None
    explained: int
    mode: AlignmentMode
    text: str


def answers() -> dict[FreeQuestion, WrittenReason]:
    """Return the answers of this session; a question that is not among them has not been asked."""
    found: dict[FreeQuestion, WrittenReason] = st.session_state.setdefault("answers", {})
    return found


def put_question(question: FreeQuestion) -> None:
    """Ask: the answer is written when the page next comes to it; asked again, it gets other words."""
    asked = answers()
    if question in asked:
        asked[question].restart()
        return
    while len(asked) >= KEPT:
        del asked[next(iter(asked))]
    asked[question] = WrittenReason()


def write_answer(engine: Engine, question: FreeQuestion, answer: WrittenReason) -> Iterator[str]:
    """Yield Markdown as the language model writes, word by word; whatever ends the iteration stops the model."""
    answer.text = ""
    cancel = threading.Event()
    shown = 0
    try:
        for piece in engine.ask(
            question.history, question.text, question.mode, question.item, cancel, answer.temperature
        ):
            answer.text += piece
            if (ready := answer.text.rfind(" ") + 1) > shown:
                yield markdown_text(answer.text[shown:ready]) + " "
                shown = ready
        yield markdown_text(answer.text[shown:])
        answer.finished = True
    finally:
        cancel.set()


def marked_answer(text: str, catalogue: Catalogue, history: Collection[int]) -> str:
    """Return Markdown of an answer: titles of the history highlighted, other titles bold, no other markup."""
    parts: list[str] = []
    end = 0
    for named in mentions(text, catalogue):
        title = markdown_text(text[named.start : named.end])
        parts += [
            _spaced(text[end : named.start]),
            f":orange-background[{title}]" if named.item in history else f"**{title}**",
        ]
        end = named.end
    return "".join([*parts, _spaced(text[end:])])


def answer_checks_of(bundle: Bundle, question: FreeQuestion, text: str) -> list[Check]:
    """Return what of an answer could be tested."""
    return _answer_checks(bundle, stamp(bundle.root), question, text)


@st.cache_data(max_entries=500, show_spinner="Testing what is said…")
def _answer_checks(_bundle: Bundle, manifest_hash: str, question: FreeQuestion, text: str) -> list[Check]:
    from recexplainer_core.dialogue.answer_checks import check_answer

    return check_answer(
        text, _bundle.catalogue, _bundle.recommender, question.history, question.item, question.explained
    )


def _spaced(text: str) -> str:
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and text.strip() else ""
    return before + markdown_text(text) + after
