"""The writer that needs no language model: for each thing to be said, a frame of the voice, filled."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from recexplainer_core.prose.filling import capitalised, expanded, listed, with_slots
from recexplainer_core.prose.frames import analyst, brief, viewer
from recexplainer_core.prose.outline import Part, outline
from recexplainer_core.prose.value_words import kind, taste
from recexplainer_core.rationale.claim_checks import Subject
from recexplainer_core.rationale.claims import Claim, Sentence
from recexplainer_core.rationale.voices import Voice

FRAMES: Mapping[Voice, Mapping[str, tuple[str, ...]]] = {
    "analyst": analyst.FRAMES,
    "viewer": viewer.FRAMES,
    "brief": brief.FRAMES,
}


class TemplateWriter:
    """Words claims with frames; see `rationale.reasons.ReasonWriter`. The same claims get the same words again."""

    def write(self, claims: Sequence[Claim], subject: Subject, voice: Voice, variant: int) -> list[Sentence]:
        """Return the sentences of a reason."""
        rng = random.Random(f"{variant}, {voice}, {subject.item}, {subject.target.history.recent}")
        parts = outline(claims, voice)
        return [Sentence(self._sentence(part, subject, voice, rng), part.claims) for part in parts]

    def _sentence(self, part: Part, subject: Subject, voice: Voice, rng: random.Random) -> str:
        catalogue, words = subject.catalogue, subject.catalogue.wording
        titles = [f"«{catalogue.titles[item]}»" for item in part.items]
        values = {
            "item": f"«{catalogue.titles[subject.item]}»",
            "film": titles[0] if titles else "",
            "films": listed(titles),
            "item_word": words.item,
            "items_word": words.items,
            "user": words.user,
            "users": words.users,
            "consumed": words.consumed,
        }
        if part.other is not None:
            values["other"] = f"«{catalogue.titles[part.other]}»"
        if part.value is not None:
            values["taste"] = taste(*part.value, words.items, rng)
            values["kind"] = kind(*part.value, words.items, rng)
        frame = rng.choice(FRAMES[voice][part.kind])
        return capitalised(with_slots(expanded(frame, rng), values))
