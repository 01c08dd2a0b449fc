"""What a rationale says, read back from its text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from recexplainer_core.catalogue import Catalogue

_CITATION = re.compile("«([^«»]*)»")


@dataclass(frozen=True)
class Citation:
    """A title that a rationale names.

    Args:
        start: index of the opening mark in the text.
        end: index behind the closing mark.
        item: the item it is, None where the catalogue has no such title.
        title: the text between the marks.
    """

    start: int
    end: int
    item: int | None
    title: str


def citations(text: str, catalogue: Catalogue) -> list[Citation]:
    """Return every «title» of the text, in order; one still being written is not among them."""
    return [
        Citation(found.start(), found.end(), catalogue.resolve(found[1]), found[1])
        for found in _CITATION.finditer(text)
    ]


@dataclass(frozen=True)
class CitedReason:
    """A cited title and the remark behind it.

    Args:
        citation: where it stands and which item it is.
        remark: the text in brackets, None where there is none.
        attribute, value: what the remark says is shared; None where it says nothing that the grammar knows.
    """

    citation: Citation
    remark: str | None = None
    attribute: str | None = None
    value: str | None = None


@dataclass(frozen=True)
class Clause:
    """One thing that is claimed.

    Args:
        kind: "verdict", "reasons", "without", "against" or "nothing".
        value: which of its kind: "first", "alone", "needed" and so on.
        cited: the titles it names, in order.
        text: the clause as it was written.
    """

    kind: str
    value: str
    cited: tuple[CitedReason, ...]
    text: str


@dataclass(frozen=True)
class Reading:
    """What a rationale says.

    Args:
        clauses: in order.
        unread: stretches that no pattern fits.
    """

    clauses: tuple[Clause, ...]
    unread: tuple[str, ...] = field(default=())

    def claimed(self, kind: str) -> str | None:
        """Return the value of the first clause of a kind, None where there is none."""
        return next((clause.value for clause in self.clauses if clause.kind == kind), None)

    def cited(self, kind: str) -> tuple[CitedReason, ...]:
        """Return the titles named in the clauses of a kind, in order."""
        return tuple(one for clause in self.clauses if clause.kind == kind for one in clause.cited)
