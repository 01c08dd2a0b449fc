"""What a figure of a report says: the words of the app and of its downloads.

Every figure is defined where it is computed: `fidelity.figures`, and the modules that `faithfulness.metric` lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Definition:
    """One figure of report.json.

    Args:
        name: what it is called on a screen.
        says: what it measures.
        good: which values are good; "neither" for a figure that describes and does not grade.
        chance: what guessing gives, where that is known beforehand.
    """

    name: str
    says: str
    good: Literal["high", "low", "neither"] = "high"
    chance: float | None = None

    @property
    def direction(self) -> str:
        """Which values are good, and what chance gives, in words."""
        words = {"high": "higher is better", "low": "lower is better", "neither": "describes, does not grade"}
        return words[self.good] + ("" if self.chance is None else f"; chance gives {self.chance:g}")


BASELINES: Mapping[str, str] = {
    "none": "the same language model before alignment, asked in the way that suits it best",
    "distilled copy": "a small recommender without language, trained on the same answers of the target",
    "popularity": "the most frequent unseen items, the same for everybody",
    "random": "drawn by chance",
}
"""What the predictions of the modes are measured beside."""
