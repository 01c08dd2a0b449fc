"""A writer that needs no language model: one sentence made of the surrogate's own short answers."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence

from recexplainer_core.rationale.reading import CitedReason, Clause, Reading, citations
from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.surrogate.base import Surrogate

SENTENCE = re.compile(
    r"(«[^«»]*» (?:is (?P<verdict>\w+)|comes (?P<order>\w+) «[^«»]*»))(?P<reasons> because of .*)?\."
)


class TemplateWriter:
    """Fulfils `rationale.writers.Writer`: cite the two items that, says the surrogate, decide."""

    def __init__(self, surrogate: Surrogate) -> None:
        self.surrogate, self.titles = surrogate, surrogate.catalogue.titles

    def stream(
        self,
        request: RationaleRequest,
        verdict: str,
        cancel: threading.Event | None = None,
        temperature: float = 0.0,
    ) -> Iterator[str]:
        """Yield the sentence in one piece; "before" and "after" compare with `request.other`."""
        [reasons] = self._reasons([request])
        if request.other is None:
            yield f"«{self.titles[request.item]}» is {verdict}{reasons}."
        else:
            yield f"«{self.titles[request.item]}» comes {verdict} «{self.titles[request.other]}»{reasons}."

    def write(self, requests: Sequence[RationaleRequest], verdicts: Sequence[str]) -> list[str]:
        """Return a sentence for each request; the surrogate is asked about all of them in one batch."""
        return [
            f"«{self.titles[one.item]}» is {verdict}{reasons}."
            for one, verdict, reasons in zip(requests, verdicts, self._reasons(requests), strict=True)
        ]

    def read(self, text: str) -> Reading:
        """Return the claims of a sentence, each of which is tested; what the pattern does not fit is unread."""
        found = SENTENCE.fullmatch(text)
        if found is None:
            return Reading((), (text,))
        first_cited = 1 if found["verdict"] else 2
        cited = [CitedReason(one) for one in citations(text, self.surrogate.catalogue)[first_cited:]]
        said = Clause("verdict", found["verdict"] or found["order"], (), found[1])
        if not cited:
            return Reading((said,))
        weight = "alone" if len(cited) == 1 else "some"
        return Reading((said, Clause("reasons", weight, tuple(cited), found["reasons"])))

    def _reasons(self, requests: Sequence[RationaleRequest]) -> list[str]:
        deciding = self.surrogate.deciding(
            [one.history for one in requests],
            [one.item for one in requests],
            [one.mode for one in requests],
            [one.vectors_of or one.history for one in requests],
        )
        named = [sorted(answer, key=lambda item: -answer[item])[:2] for answer in deciding]
        return [
            " because of " + " and ".join(f"«{self.titles[item]}»" for item in items) if items else ""
            for items in named
        ]
