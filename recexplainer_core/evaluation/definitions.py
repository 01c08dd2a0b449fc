"""What a figure of a report says: the words of the app and of its downloads.

Every figure is defined beside what computes it, see `fidelity.figures` and `faithfulness.metric`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Direction = Literal["high", "low", "neither"]


@dataclass(frozen=True)
class Definition:
    """One figure of report.json.

    Args:
        name: what it is called on a screen.
        says: what it measures.
        part: the question it belongs to.
        good: which values are good: high ones, low ones, or neither, because it describes and does not grade.
        chance: what guessing gives, where that is known beforehand.
    """

    name: str
    says: str
    part: str
    good: Direction = "high"
    chance: float | None = None

    @property
    def direction(self) -> str:
        """Which values are good, and what chance gives, in words."""
        words = {"high": "higher is better", "low": "lower is better", "neither": "describes, does not grade"}
        return words[self.good] + ("" if self.chance is None else f"; chance gives {self.chance:g}")


# Questions to which figures belong, in the order of the tables.
LISTS, ORDER, VERDICTS, EDITS, SPEECH = (
    "Top tens",
    "Order of five items",
    "Interest in an item",
    "Edited histories",
    "Recall and speech",
)
REMOVAL, GROUNDING, STRENGTH, USE, SANITY = (
    "Removing what is cited",
    "Is it true of the catalogue and the history",
    "Is it true of the target",
    "Does it help a reader",
    "Does it depend on the target",
)

BASELINES: Mapping[str, str] = {
    "none": "the same language model before alignment, asked in the way that suits it best",
    "distilled copy": "a small recommender without language, trained on the same answers of the target",
    "popularity": "the most frequent unseen items, the same for everybody",
    "random": "drawn by chance",
}
"""What the modes are measured beside."""
