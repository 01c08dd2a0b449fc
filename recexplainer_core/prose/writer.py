"""The writer that needs no language model: for each thing to be said, a frame of the voice, filled."""

from __future__ import annotations

import random
import re
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

_TAILS = ("; both are {taste}.", ": both are {taste}.")
"""What a sentence that names one title goes on with, to say what the two have in common."""
_WITHOUT = {
    "needed": (
        "; without {it}, this would [not|no longer] be suggested.",
        ", and without {it} this would [not|no longer] be suggested.",
        ", and this is suggested only with {it}.",
    ),
    "robust": (
        "; even without {it}, this would [still|] be suggested.",
        ", but this would be suggested without {it}, too.",
        ", though this would still be suggested without {it}.",
    ),
}
"""What a line goes on with, to say what becomes of the explained item without the titles that it names."""


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
            "film": (titles[0] if titles else "") + (" above all" if part.above_all else ""),
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
        frames = FRAMES[voice][part.kind]
        if part.above_all:  # "having watched «A» above all" would say something else
            frames = tuple(frame for frame in frames if "{consumed}" not in frame)
        sentence = expanded(rng.choice(frames), rng)
        if part.value is not None and part.kind.endswith("cite"):
            tails = _TAILS[:1] if re.search("[:;]", sentence) else _TAILS
            sentence = sentence.removesuffix(".") + rng.choice(tails)
        if part.without is not None:
            values["it"] = "them" if len(part.items) > 1 else "it"
            sentence = sentence.removesuffix(".") + expanded(rng.choice(_WITHOUT[part.without]), rng)
        return capitalised(with_slots(sentence, values))
