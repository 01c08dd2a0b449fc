"""The reason for a recommendation while it is written and after: kept per session, cited titles marked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.rationale.claims import citations
from recexplainer_core.rationale.verdict import own_verdicts, verdict_in
from recexplainer_core.ui.shared.escaping import markdown_text

if TYPE_CHECKING:
    from recexplainer_core.surrogate.engine import Engine

KEPT = 100
"""Reasons remembered per session."""
OTHER_WORDS = 0.8
"""Temperature of a second try: the most probable words are already on screen."""

ReasonKey = tuple[str, tuple[int, ...], int, AlignmentMode]
"""Bundle stamp, history, item, mode."""


@dataclass
class WrittenReason:
    """The text so far; `temperature` is that of the try it belongs to."""

    text: str = ""
    finished: bool = False
    temperature: float = 0.0

    def restart(self) -> None:
        """Ask for other words."""
        self.text, self.finished, self.temperature = "", False, OTHER_WORDS

    def stop(self) -> None:
        """Keep what is written and write no more."""
        self.finished = True


def remembered(key: Hashable) -> WrittenReason:
    """Return the reason of this session for `key`, an empty one at first."""
    reasons: dict[Hashable, WrittenReason] = st.session_state.setdefault("reasons", {})
    if key not in reasons:
        while len(reasons) >= KEPT:
            del reasons[next(iter(reasons))]
        reasons[key] = WrittenReason()
    return reasons[key]


def cited_so_far(key: ReasonKey, catalogue: Catalogue) -> set[int]:
    """Return the items that the reason of this session for `key` cites."""
    return cited_items(remembered(key).text, catalogue)


def cited_items(text: str, catalogue: Catalogue) -> set[int]:
    """Return the items that a text cites."""
    return {citation.item for citation in citations(text, catalogue) if citation.item is not None}


def marked(text: str, catalogue: Catalogue, history: Collection[int]) -> str:
    """Return Markdown of a reason: citations of the history highlighted, others bold, no other markup."""
    parts: list[str] = []
    end = 0
    for citation in citations(text, catalogue):
        parts.append(_plain(text[end : citation.start]))
        title = markdown_text(citation.title)
        parts.append(f":orange-background[{title}]" if citation.item in history else f"**{title}**")
        end = citation.end
    parts.append(_plain(text[end:]))
    return "".join(parts)


def write(
    engine: Engine,
    key: ReasonKey,
    reason: WrittenReason,
    catalogue: Catalogue,
    predicted: Sequence[int],
    on_citation: Callable[[set[int]], None],
) -> Iterator[str]:
    """Yield Markdown as the language model writes, word by word, a citation only when it is complete.

    Whatever ends the iteration, the stop button included, stops the model as well.

    Args:
        engine: the language model.
        key: what is asked.
        reason: takes the text as it comes.
        catalogue: resolves the citations.
        predicted: the language model's list, from which its own verdict follows.
        on_citation: called with all items cited so far, whenever there is a new one.
    """
    _, history, item, mode = key
    cancel = threading.Event()

    def pieces() -> Iterator[str]:
        verdict = verdict_in(predicted, item) or own_verdicts(engine, [history], [item], mode)[0]
        yield from engine.explain(history, item, mode, verdict, cancel, temperature=reason.temperature)

    yield from as_written(pieces(), cancel, reason, catalogue, history, on_citation)


def as_written(
    pieces: Iterable[str],
    cancel: threading.Event,
    reason: WrittenReason,
    catalogue: Catalogue,
    history: Collection[int],
    on_citation: Callable[[set[int]], None],
) -> Iterator[str]:
    """Yield Markdown of what comes in pieces; set `cancel` when the iteration ends, however it does.

    Args:
        pieces: of the text, as the language model writes them.
        cancel: stops the language model.
        reason: takes the text as it comes.
        catalogue: resolves the citations.
        history: items that are highlighted where they are cited.
        on_citation: called with all items cited so far, whenever there is a new one.
    """
    reason.text = ""
    shown = 0
    cited: set[int] = set()
    try:
        for piece in pieces:
            reason.text += piece
            ready = _complete_until(reason.text)
            if ready > shown:
                yield marked(reason.text[shown:ready], catalogue, history)
                shown = ready
            if (now := cited_items(reason.text[:shown], catalogue)) != cited:
                cited = now
                on_citation(cited)
        yield marked(reason.text[shown:], catalogue, history)
        on_citation(cited_items(reason.text, catalogue))
        reason.finished = True
    finally:
        cancel.set()


def _complete_until(text: str) -> int:
    """Return where the last whole word ends; an open citation is not whole."""
    opened, closed = text.rfind("«"), text.rfind("»")
    limit = opened if opened > closed else len(text)
    return max(text.rfind(" ", 0, limit) + 1, closed + 1)


def _plain(text: str) -> str:
    """Escape, but keep the spaces at either end, which part words from citations."""
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and text.strip() else ""
    return before + markdown_text(text) + after
