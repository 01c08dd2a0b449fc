"""How the taught writer is asked, in its lessons and after them."""

from __future__ import annotations

from recexplainer_core.lm.encoding import Encoded, Encoder
from recexplainer_core.lm.segments import Content, Template
from recexplainer_core.modes import AlignmentMode

FORM = AlignmentMode.BEHAVIOUR
"""The writer is told everything in words, as behaviour mode is."""


def question(encoder: Encoder, evidence: str) -> Encoded:
    """Return evidence as the writer is given it; see `evidence_text`."""
    return encoder.prompt((Template("Say why.\n"), Content(evidence)))
