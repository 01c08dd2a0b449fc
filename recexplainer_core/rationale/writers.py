"""Who words a rationale: a registry of writers, each with a reader of what it writes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from recexplainer_core.rationale.reading import Reading
from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.registry import Registry
from recexplainer_core.surrogate.base import Surrogate


class Writer(Protocol):
    """Words rationales for one surrogate."""

    def stream(
        self,
        request: RationaleRequest,
        verdict: str,
        cancel: threading.Event | None = None,
        temperature: float = 0.0,
    ) -> Iterator[str]:
        """Yield one rationale piece by piece as it is written.

        Args:
            request: what is explained.
            verdict: the surrogate's own: "first", "listed", "possible" or "unlikely"; "before" or "after" where two
                items are compared.
            cancel: set it to stop the writing at the next piece.
            temperature: 0 for the most probable words, above it for other words.

        Raises:
            UnknownNameError: a mode the surrogate was not aligned in.
            BusyError: the wait for other callers got too long.
        """
        ...

    def write(self, requests: Sequence[RationaleRequest], verdicts: Sequence[str]) -> list[str]:
        """Return the most probable rationale for each request that compares nothing, in one batch."""
        ...

    def read(self, text: str) -> Reading:
        """Return the claims of a text that this writer wrote."""
        ...


WRITERS: Registry[Callable[[Surrogate], Writer]] = Registry("writer of rationales", "recexplainer.writers")
"""Name -> what makes a writer for a surrogate."""
DEFAULT_WRITER = "grammar"
LONGEST_RATIONALE = 120
"""Tokens after which a rationale is cut off."""

WRITERS.register(DEFAULT_WRITER, "recexplainer_core.grammar.writer:GrammarWriter")
