"""The ways in which the language model is told about a user."""

from __future__ import annotations

from enum import StrEnum


class AlignmentMode(StrEnum):
    """What the language model sees: text, the target's vectors, or both; `NONE` is the model before alignment."""

    NONE = "none"
    BEHAVIOUR = "behaviour"
    INTENTION = "intention"
    HYBRID = "hybrid"

    @property
    def shows_titles(self) -> bool:
        """Whether histories and items are given as titles."""
        return self is not AlignmentMode.INTENTION

    @property
    def shows_vectors(self) -> bool:
        """Whether the target's user and item vectors are given."""
        return self in (AlignmentMode.INTENTION, AlignmentMode.HYBRID)


ALIGNED = (AlignmentMode.BEHAVIOUR, AlignmentMode.INTENTION, AlignmentMode.HYBRID)
