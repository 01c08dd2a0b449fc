"""What is to be explained."""

from __future__ import annotations

from dataclasses import dataclass

from recexplainer_core.histories import History
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.rationale.voices import Voice


@dataclass(frozen=True)
class RationaleRequest:
    """A rationale to be written.

    Args:
        history: the user's.
        item: the item that is explained.
        mode: how the surrogate is told about the user.
        other: the item that it is compared with; none where its own place is explained.
        vectors_of: a history whose vector fills the user slot, `history` unless given; its items may be cited too.
        voice: for whom it is written.
        verified: whether the target tests and corrects the claims before they are worded; otherwise the surrogate
            speaks alone.
        writer: name of who words it; the explainer's own unless given.
    """

    history: History
    item: int
    mode: AlignmentMode
    other: int | None = None
    vectors_of: History | None = None
    voice: Voice = "analyst"
    verified: bool = True
    writer: str = ""
