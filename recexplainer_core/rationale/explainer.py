"""The one path of an explanation: what the surrogate holds, the writer's words, their claims and their checks.

A writer of reasons is given claims and words them. Any other writer is given the surrogate's verdict, writes what it
likes, and is read back.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.errors import UnknownNameError
from recexplainer_core.rationale.as_clauses import as_clauses
from recexplainer_core.rationale.checks import Check, check
from recexplainer_core.rationale.contrast import check_contrast
from recexplainer_core.rationale.direct import DIRECT, DirectReasoner
from recexplainer_core.rationale.reading import Citation, Reading, citations
from recexplainer_core.rationale.reasons import REASON_WRITERS, Reason, Reasoner
from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.rationale.verdict import own_order, own_verdicts
from recexplainer_core.rationale.writers import DEFAULT_WRITER, WRITERS, Writer
from recexplainer_core.surrogate.base import Surrogate


@dataclass(frozen=True)
class Rationale:
    """A reason in words, with all that is known of it.

    Args:
        request: what it explains.
        verdict: the surrogate's own, see `verdict.own_verdicts` and `own_order`.
        text: as it was written.
        reading: its claims.
        citations: the titles that it names, in order.
        checks: what came of testing each claim; none where nothing was tested.
        writer: name of who wrote it.
        temperature: 0 for the most probable words.
        complete: whether it was written to its end.
        reason: the claims that were worded, sentence by sentence, and the draft; None where the text was read back.
    """

    request: RationaleRequest
    verdict: str
    text: str
    reading: Reading = field(default=Reading(()))
    citations: tuple[Citation, ...] = ()
    checks: tuple[Check, ...] = ()
    writer: str = DEFAULT_WRITER
    temperature: float = 0.0
    complete: bool = True
    reason: Reason | None = None

    @property
    def cited_items(self) -> frozenset[int]:
        """The items that it cites."""
        return frozenset(one.item for one in self.citations if one.item is not None)


def reason_writers() -> list[str]:
    """Return the names of all writers whose sentences come with their claims."""
    return [*REASON_WRITERS.names(), DIRECT]


def require_reason_writer(name: str) -> str:
    """Return a name if it is one of `reason_writers`.

    Raises:
        UnknownNameError: it is not.
    """
    if name not in reason_writers():
        raise UnknownNameError(
            f"There is no writer of reasons {name!r}. The choices are {', '.join(reason_writers())}."
        )
    return name


class Explainer:
    """Explain recommendations of one target through one surrogate.

    Args:
        surrogate: predicts and speaks for the target.
        writer: name of the writer that words the rationales, unless a request names another. Where that one only
            words reasons, the default writer reads other texts.

    Raises:
        UnknownNameError: there is no such writer.
    """

    def __init__(self, surrogate: Surrogate, writer: str = DEFAULT_WRITER) -> None:
        self.surrogate, self.writer_name = surrogate, writer
        self.catalogue: Catalogue = surrogate.catalogue
        if writer not in reason_writers():
            WRITERS.get(writer)
        self._reasoners: dict[str, Reasoner] = {}

    @cached_property
    def writer(self) -> Writer:
        """Who words and reads texts that are no reasons of claims.

        Raises:
            ModelError: the surrogate cannot be its.
        """
        return WRITERS.get(DEFAULT_WRITER if self.writer_name in reason_writers() else self.writer_name)(
            self.surrogate
        )

    def reasoner(self, writer: str = "") -> Reasoner | None:
        """Return who gives reasons in the words of a writer, None where that one is read back instead.

        Args:
            writer: its name; the explainer's own unless given.

        Raises:
            UnknownNameError: there is no such writer.
            ModelError: the writer cannot be opened.
        """
        name = writer or self.writer_name
        if name not in reason_writers():
            return None
        if name not in self._reasoners:
            self._reasoners[name] = (
                DirectReasoner(self.surrogate) if name == DIRECT else Reasoner(self.surrogate, name)
            )
        return self._reasoners[name]

    def explain(
        self,
        request: RationaleRequest,
        listed: Sequence[int] | None = None,
        cancel: threading.Event | None = None,
        temperature: float = 0.0,
    ) -> RationaleStream:
        """Start a rationale: iterate over its pieces, then take the whole from `rationale`.

        Args:
            request: what is explained.
            listed: the surrogate's own list, best first, where it is known already.
            cancel: set it to stop the writing at the next piece.
            temperature: 0 for the most probable words, above it for other words.
        """
        return RationaleStream(self, request, listed, cancel, temperature)

    def explain_all(
        self,
        requests: Sequence[RationaleRequest],
        listed: Sequence[Sequence[int]] | None = None,
        verdicts: Sequence[str] | None = None,
        tested: bool = True,
    ) -> list[Rationale]:
        """Return the rationales of several requests that compare nothing, written in one batch.

        Args:
            requests: what is explained.
            listed: for each the surrogate's own list, best first, where these are known already.
            verdicts: for each the verdict to comment on; the surrogate's own unless given.
            tested: whether every claim is tested.
        """
        reasoner = self.reasoner()
        if reasoner is not None and verdicts is None:
            found = reasoner.reasons(requests, listed)
            return [self._of_reason(reason) for reason in found]
        if verdicts is None:
            verdicts = own_verdicts(
                self.surrogate,
                [one.history for one in requests],
                [one.item for one in requests],
                [one.mode for one in requests],
                listed,
            )
        texts = self.writer.write(requests, verdicts)
        return [
            self.understood(request, verdict, text, tested)
            for request, verdict, text in zip(requests, verdicts, texts, strict=True)
        ]

    def verdict(self, request: RationaleRequest, listed: Sequence[int] | None = None) -> str:
        """Return the surrogate's own verdict on what a request asks."""
        if request.other is not None:
            return own_order(self.surrogate, request.history, request.item, request.other, request.mode)
        lists = None if listed is None else [listed]
        return own_verdicts(self.surrogate, [request.history], [request.item], [request.mode], lists)[0]

    def understood(
        self,
        request: RationaleRequest,
        verdict: str,
        text: str,
        tested: bool = True,
        temperature: float = 0.0,
        complete: bool = True,
    ) -> Rationale:
        """Return what a text claims, each claim tested unless that is not wanted."""
        reading = self.writer.read(text)
        return Rationale(
            request,
            verdict,
            text,
            reading,
            tuple(citations(text, self.catalogue)),
            tuple(self._checks(request, reading)) if tested and text else (),
            self.writer_name,
            temperature,
            complete,
        )

    def reasoned(
        self, request: RationaleRequest, listed: Sequence[int] | None = None, variant: int = 0
    ) -> Rationale | None:
        """Return a rationale of claims that were worded; None where the writer is read back instead."""
        reasoner = self.reasoner(request.writer)
        if reasoner is None:
            return None
        lists = None if listed is None else [listed]
        [reason] = reasoner.reasons([request], lists, variant)
        return self._of_reason(reason)

    def _of_reason(self, reason: Reason) -> Rationale:
        return Rationale(
            reason.request,
            reason.band,
            reason.text,
            as_clauses(reason, self.catalogue),
            citations=tuple(citations(reason.text, self.catalogue)),
            checks=tuple(reason.tested),
            writer=reason.request.writer or self.writer_name,
            reason=reason,
        )

    def _checks(self, request: RationaleRequest, reading: Reading) -> list[Check]:
        recommender, history = self.surrogate.recommender, request.history
        if request.other is None:
            return check(reading, self.catalogue, recommender, history, request.item)
        return check_contrast(reading, self.catalogue, recommender, history, request.item, request.other)


class RationaleStream(Iterator[str]):
    """A rationale that is being written: its pieces, and the whole as far as it has come.

    Args:
        explainer: who writes.
        request: what is explained.
        listed: the surrogate's own list, where it is known already.
        cancel: set it to stop the writing at the next piece.
        temperature: of the words.
    """

    def __init__(
        self,
        explainer: Explainer,
        request: RationaleRequest,
        listed: Sequence[int] | None,
        cancel: threading.Event | None,
        temperature: float,
    ) -> None:
        self.text, self.complete = "", False
        self._explainer, self._request, self._temperature = explainer, request, temperature
        self._cancel = cancel or threading.Event()
        self._verdict: str | None = None
        self._reasoned: Rationale | None = None
        self._pieces = self._written(listed)

    def __next__(self) -> str:
        return next(self._pieces)

    def close(self) -> None:
        """Stop the writing."""
        self._cancel.set()
        self._pieces.close()

    @property
    def rationale(self) -> Rationale:
        """The rationale as far as it is written, every claim tested."""
        if self._reasoned is not None:
            return self._reasoned
        verdict = self._verdict or ""
        return self._explainer.understood(
            self._request, verdict, self.text, True, self._temperature, self.complete
        )

    def _written(self, listed: Sequence[int] | None) -> Generator[str, None, None]:
        # Other words are a matter of the temperature where the language model writes, of chance elsewhere.
        variant = random.randrange(1, 2**31) if self._temperature > 0 else 0
        self._reasoned = self._explainer.reasoned(self._request, listed, variant)
        if self._reasoned is not None:
            self.text, self.complete = self._reasoned.text, True
            yield self.text
            return
        self._verdict = self._explainer.verdict(self._request, listed)
        writer = self._explainer.writer
        for piece in writer.stream(self._request, self._verdict, self._cancel, self._temperature):
            self.text += piece
            yield piece
        self.complete = not self._cancel.is_set()
