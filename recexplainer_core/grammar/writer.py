"""The writer whose words are the surrogate's own, held to the clause grammar and to its own short answers."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

from transformers import LogitsProcessor

from recexplainer_core.decoding.citation_marks import Marks
from recexplainer_core.decoding.per_row import PerRow
from recexplainer_core.errors import ModelError
from recexplainer_core.grammar.no_reason import no_reason_guard, tail_guard
from recexplainer_core.grammar.reading import read
from recexplainer_core.grammar.reason_guard import reason_guards
from recexplainer_core.lm.encoding import Encoded
from recexplainer_core.prompting import prompts
from recexplainer_core.rationale.evidence import Evidence, gather_evidence, gather_evidence_of_two
from recexplainer_core.rationale.reading import Reading
from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.rationale.specification import asked_for
from recexplainer_core.rationale.verdict import UNLIKELY
from recexplainer_core.rationale.writers import LONGEST_RATIONALE
from recexplainer_core.surrogate.base import Surrogate
from recexplainer_core.surrogate.engine import Engine


class GrammarWriter:
    """Let the aligned language model write, guarded; see `rationale.writers.Writer`.

    Citations stand between « and » and can only be titles of the history, or of the items asked about, each once; a
    remark in brackets behind one can only name what, by the catalogue, it shares with the explained item, or with the
    one of two that comes first. Which ones, and how many, is held to the surrogate's evidence. That nothing speaks for
    an item can only be said of an unlikely one.

    Args:
        surrogate: an engine, whose language model writes.

    Raises:
        ModelError: it is no engine, or its vocabulary cannot mark citations.
    """

    def __init__(self, surrogate: Surrogate) -> None:
        if not isinstance(surrogate, Engine):
            raise ModelError(
                "The writer `grammar` needs a language model that runs here. Choose another writer."
            )
        self.engine, self.catalogue, self.encoder = surrogate, surrogate.catalogue, surrogate.encoder
        self._marks = Marks.of(surrogate.lm.tokenizer)
        self._no_reason_guard = no_reason_guard(self.catalogue, self.encoder)
        self._tail_guard = tail_guard(self.encoder)

    def stream(
        self,
        request: RationaleRequest,
        verdict: str,
        cancel: threading.Event | None = None,
        temperature: float = 0.0,
    ) -> Iterator[str]:
        """Yield one rationale piece by piece as it is written."""
        if request.other is None:
            [asked], [guards] = self._prepared([request], [verdict])
        else:
            asked, guards = self._prepared_contrast(request, request.other, verdict)
        vectors_of = request.vectors_of or request.history
        yield from self.engine.stream(
            asked, vectors_of, request.mode, LONGEST_RATIONALE, guards, cancel, temperature
        )

    def write(self, requests: Sequence[RationaleRequest], verdicts: Sequence[str]) -> list[str]:
        """Return the most probable rationale for each request that compares nothing, in one batch."""
        asked, guards = self._prepared(requests, verdicts)
        written = self.engine.write(
            asked,
            [one.vectors_of or one.history for one in requests],
            [one.mode for one in requests],
            LONGEST_RATIONALE,
            PerRow(guards),
        )
        tokenizer = self.engine.lm.tokenizer
        return [str(text) for text in tokenizer.batch_decode(written, skip_special_tokens=True)]

    def read(self, text: str) -> Reading:
        """Return the claims of a text."""
        return read(text, self.catalogue)

    def _prepared(
        self, requests: Sequence[RationaleRequest], verdicts: Sequence[str]
    ) -> tuple[list[Encoded], list[list[LogitsProcessor]]]:
        """Return the question for each rationale, and what guards its answer."""
        evidence = gather_evidence(self.engine, requests, verdicts)
        rows = list(zip(requests, verdicts, evidence, strict=True))
        asked = [
            self.encoder.prompt(
                prompts.rationale(
                    self.catalogue,
                    one.history.recent,
                    one.item,
                    one.mode,
                    verdict,
                    asks_for=asked_for(own.specification),
                )
            )
            for one, verdict, own in rows
        ]
        return asked, [self._guards(one.item, verdict, own) for one, verdict, own in rows]

    def _guards(self, item: int, verdict: str, own: Evidence) -> list[LogitsProcessor]:
        guards = reason_guards(self.catalogue, self.encoder, self._marks, tuple(own.titles), item, own)
        guards = [*guards, self._tail_guard]
        return guards if verdict == UNLIKELY else [*guards, self._no_reason_guard]

    def _prepared_contrast(
        self, request: RationaleRequest, other: int, verdict: str
    ) -> tuple[Encoded, list[LogitsProcessor]]:
        history, item = request.history.recent, request.item
        asked = self.encoder.prompt(
            prompts.contrast(self.catalogue, history, item, other, request.mode, verdict)
        )
        first, second = (item, other) if verdict == "before" else (other, item)
        own = gather_evidence_of_two(self.engine, request, first, second)
        return asked, reason_guards(self.catalogue, self.encoder, self._marks, history, first, own, second)
