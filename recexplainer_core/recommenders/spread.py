"""How far a target's scores lie apart: elsewhere trained ones are brought to what is usual here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recexplainer_core.histories import Histories

if TYPE_CHECKING:
    from recexplainer_core.recommenders.base import Recommender

SPREAD = 1.5
"""Standard deviation of a user's scores over the catalogue; the demo's SASRec has 1.5."""
_MEASURED = 200


def usual_scale(target: Recommender, histories: Histories) -> float:
    """Return what a target's user vectors are to be multiplied by: the order of its scores is all that was given."""
    sample = range(0, len(histories), max(1, len(histories) // _MEASURED))
    vectors = target.user_vectors([[int(item) for item in histories[user]] for user in sample])
    spread = float(target.scores(vectors).std(1).mean())
    return SPREAD / spread if spread > 0 else 1.0
