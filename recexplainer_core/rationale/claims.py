"""What a rationale says, read back from its text."""

from __future__ import annotations

import re
from dataclasses import dataclass

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
