"""The sentences of any text about an item, with what each is read to claim."""

from __future__ import annotations

from recexplainer_core.rationale.claim_checks import Subject
from recexplainer_core.rationale.claims import Sentence
from recexplainer_core.rationale.extraction.extract import extract


def sentences_of(text: str, subject: Subject) -> list[Sentence]:
    """Return the sentences of a text; one that cannot be checked claims nothing."""
    other = None if subject.rival is None else subject.rival.item
    found = extract(text, subject.catalogue, subject.target.history, subject.item, other)
    return [Sentence(one.text.strip(), one.claims) for one in found]
