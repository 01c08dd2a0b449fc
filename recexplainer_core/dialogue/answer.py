"""The answer to a question: what it says, where that comes from, and what came of testing it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from recexplainer_core.rationale.checks import Check

Kind = Literal["taste", "interest", "why", "item", "model", "outside"]
"""What a question is about."""


@dataclass(frozen=True)
class Answer:
    """What is answered.

    Args:
        kind: of the question.
        text: in words; titles stand between « and ».
        source: where it comes from, in a few words.
        checks: what came of testing the claims in it.
        items: the items that it is about, for questions that go on from it.
        declined: whether the question could not be answered.
    """

    kind: Kind
    text: str
    source: str = ""
    checks: tuple[Check, ...] = ()
    items: tuple[int, ...] = ()
    declined: bool = False

    def about(self, *items: int) -> Answer:
        """Return the answer with the items that a further question may take up."""
        return replace(self, items=items)


HISTORY = "Counted in the history"
CATALOGUE = "From the catalogue"
TARGET = "Asked of the target just now"
BOTH = "The LLM's answer, beside the target's"
REPORT = "From this bundle's report"
