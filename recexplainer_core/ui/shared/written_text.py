"""What the language model writes for one visitor, while it is written and after: kept in the session."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.rationale.reading import Citation, citations
from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.ui.shared.bundle_cache import explainer_of
from recexplainer_core.ui.shared.marking import marked

if TYPE_CHECKING:
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.rationale.explainer import Rationale, RationaleStream

KEPT = 100
"""Texts remembered per session."""
OTHER_WORDS = 0.8
"""Temperature of a second try: the most probable words are already on screen."""


@dataclass
class WrittenText:
    """A rationale, or the answer to a free question.

    Args:
        text: so far.
        finished: whether no more is to be written.
        temperature: of the try that the text belongs to.
        stream: writes the rationale.
        rationale: what the finished text claims, tested.
    """

    text: str = ""
    finished: bool = False
    temperature: float = 0.0
    stream: RationaleStream | None = None
    rationale: Rationale | None = None

    def restart(self) -> None:
        """Ask for other words."""
        self.text, self.finished, self.temperature = "", False, OTHER_WORDS
        self.stream = self.rationale = None

    def stop(self) -> None:
        """Keep what is written and write no more."""
        self.finished = True


def written_texts() -> dict[Hashable, WrittenText]:
    """Return the texts of this session, by what was asked."""
    kept: dict[Hashable, WrittenText] = st.session_state.setdefault("written_texts", {})
    return kept


def text_of(asked: Hashable) -> WrittenText:
    """Return the text of this session that answers a question, an empty one at first."""
    kept = written_texts()
    if asked not in kept:
        while len(kept) >= KEPT:
            del kept[next(iter(kept))]
        kept[asked] = WrittenText()
    return kept[asked]


def reason_of(bundle: Bundle, request: RationaleRequest) -> WrittenText:
    """Return the rationale of this session, an empty one at first."""
    return text_of((bundle.manifest_hash, request))


def rationale_of(bundle: Bundle, request: RationaleRequest) -> Rationale:
    """Return what the rationale of this session claims, as far as it is written, every claim tested."""
    reason = reason_of(bundle, request)
    if reason.rationale is not None:
        return reason.rationale
    if reason.stream is None:
        return explainer_of(bundle).understood(request, "", "", complete=False)
    with st.spinner("Testing what is said…"):
        found = reason.stream.rationale
    if reason.finished:
        reason.rationale = found
    return found


def write_rationale(
    bundle: Bundle,
    request: RationaleRequest,
    listed: Sequence[int] | None,
    on_citation: Callable[[Collection[int]], None] = lambda cited: None,
) -> Iterator[str]:
    """Yield Markdown of a rationale as it is written.

    Args:
        bundle: the bundle.
        request: what is explained.
        listed: the language model's own list, where it is known.
        on_citation: called with all items cited so far, whenever there is a new one.
    """
    reason = reason_of(bundle, request)
    reason.stream = stream = explainer_of(bundle).explain(request, listed, temperature=reason.temperature)
    yield from as_written(stream, stream.close, reason, bundle.catalogue, request.history.items, on_citation)


def as_written(
    pieces: Iterable[str],
    close: Callable[[], None],
    written: WrittenText,
    catalogue: Catalogue,
    history: Collection[int],
    on_citation: Callable[[Collection[int]], None] = lambda cited: None,
) -> Iterator[str]:
    """Yield Markdown of what comes in pieces, word by word, a citation only when it is complete.

    Args:
        pieces: of the text, as the language model writes them.
        close: stops the language model; called when the iteration ends, by the stop button or however it does.
        written: takes the text as it comes.
        catalogue: resolves the citations.
        history: items that are highlighted where they are cited.
        on_citation: called with all items cited so far, whenever there is a new one.
    """
    written.text, shown = "", 0
    cited: frozenset[int] = frozenset()
    try:
        for piece in pieces:
            written.text += piece
            if (ready := _complete_until(written.text)) > shown:
                found = citations(written.text[shown:ready], catalogue)
                yield marked(written.text[shown:ready], found, history)
                shown = ready
                if new := _items(found) - cited:
                    cited |= new
                    on_citation(cited)
        rest = written.text[shown:]
        found = citations(rest, catalogue)
        yield marked(rest, found, history)
        on_citation(cited | _items(found))
        written.finished = True
    finally:
        close()


def _complete_until(text: str) -> int:
    """Return where the last whole word ends; an open citation is not whole."""
    opened, closed = text.rfind("«"), text.rfind("»")
    limit = opened if opened > closed else len(text)
    return max(text.rfind(" ", 0, limit) + 1, closed + 1)


def _items(found: Iterable[Citation]) -> frozenset[int]:
    return frozenset(one.item for one in found if one.item is not None)
