"""A language model words a reason and is held to the evidence: what it wrote is read, sentence by sentence.

A sentence that claims nothing, or what the evidence does not say, is written again from there, at most twice, and then
left out. Where there is no reason to tell, or none is left, the frames word it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from itertools import takewhile

from recexplainer_core.llm_writer.evidence_text import evidence_text, evidence_titles
from recexplainer_core.llm_writer.support import supported
from recexplainer_core.prose.writer import TemplateWriter
from recexplainer_core.rationale.claim_checks import Subject
from recexplainer_core.rationale.claims import Claim, Sentence
from recexplainer_core.rationale.read_back import sentences_of
from recexplainer_core.rationale.surrogate_claims import reasons_of
from recexplainer_core.rationale.voices import Voice

REWRITES = 2
"""How often what follows the last good sentence is written again."""
OTHER_WORDS = 0.7
"""Temperature of a second try."""


class HeldWriter(ABC):
    """Words claims with a language model; see `rationale.reasons.ReasonWriter`."""

    def write(self, claims: Sequence[Claim], subject: Subject, voice: Voice, variant: int) -> list[Sentence]:
        """Return the sentences of a reason, each with what it was read to claim."""
        by_frames = TemplateWriter()
        if not reasons_of(claims):
            return by_frames.write(claims, subject, voice, variant)
        evidence = evidence_text(claims, subject, voice)
        titles = [subject.catalogue.titles[item] for item in evidence_titles(claims, subject)]
        kept: list[Sentence] = []
        temperature = OTHER_WORDS if variant else 0.0
        for rewrites in range(REWRITES + 1):
            begun = " ".join(one.text for one in kept)
            text = f"{begun} {self.continued(evidence, titles, begun, temperature)}".strip()
            new = sentences_of(text, subject)[len(kept) :]
            good = [*takewhile(lambda one: _holds(one, claims), new)]
            kept += good
            if len(good) == len(new):
                break
            if rewrites == REWRITES:
                kept += [one for one in new[len(good) :] if _holds(one, claims)]
            temperature = OTHER_WORDS
        kept = _saying_something_new(kept)
        told = [claim for sentence in kept for claim in sentence.claims]
        return kept if reasons_of(told) else by_frames.write(claims, subject, voice, variant)

    @abstractmethod
    def continued(self, evidence: str, titles: Sequence[str], begun: str, temperature: float) -> str:
        """Return how a reason goes on.

        Args:
            evidence: what is known, see `evidence_text`.
            titles: that may be named, each between « and ».
            begun: the sentences that stand already.
            temperature: 0 for the most probable words.
        """


def _saying_something_new(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences without those that only repeat what was said before them."""
    told: set[Claim] = set()
    kept: list[Sentence] = []
    for sentence in sentences:
        if set(sentence.claims) - told:
            kept.append(sentence)
            told |= set(sentence.claims)
    return kept


def _holds(sentence: Sentence, claims: Sequence[Claim]) -> bool:
    return bool(sentence.claims) and all(supported(one, claims) for one in sentence.claims)
