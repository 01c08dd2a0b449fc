"""What a reason is asked to say: how many items of a history it names, and how they carry the choice.

The teacher decides it by the target's attributions. At run time nobody hands these over; the model's own short answer
(see `evidence`) decides it by the same rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

MOST_NAMED = 3
"""Items that a reason names at most."""
NOTABLE_SHARE = 0.15
"""A reason carries at least this share of everything that speaks for the item."""
MAIN_SHARE = 0.55
"""From this share on, one reason carries the choice alone."""
SPREAD_SHARE = 0.22
"""Below this share of the strongest, no single item decides."""
TOGETHER_SHARE = 0.5
"""Two reasons count together when what they bring only jointly is at least this share of the weaker one's effect."""

WEIGHTS: Mapping[str, tuple[str, ...]] = {
    "alone": (" One {item} carries it.",),
    "some": (" One {item} counts.", " Two {items} count.", " Three {items} count."),
    "spread": (" One {item} leads.", " Two {items} lead."),
    "together": ("", " Two {items} count together."),
}
"""How a question says what carries the choice, for one item, two and three."""
WITHOUT: Mapping[str, str] = {"needed": " Without that it drops out.", "robust": " Without that it stays."}
"""How it says what becomes of a recommended item when these are taken out."""


@dataclass(frozen=True)
class Specification:
    """What a reason is asked to say.

    Args:
        weight: how the named items carry the choice: "alone", "some", "spread" or "together".
        count: how many are named.
        without: what becomes of a recommended item without them: "needed" or "robust"; None where it is not said.
    """

    weight: str
    count: int
    without: str | None = None

    @property
    def pattern(self) -> str:
        """What the question ends with."""
        return WEIGHTS[self.weight][self.count - 1] + (WITHOUT[self.without] if self.without else "")


def asked_for(specification: Specification | None) -> str:
    """Return what the question for a reason adds to ask for it; nothing where there is no specification."""
    return specification.pattern if specification else ""


def every_specification() -> list[Specification]:
    """Return all that can be asked for."""
    return [
        Specification(weight, count, without)
        for weight, patterns in WEIGHTS.items()
        for count, pattern in enumerate(patterns, 1)
        if pattern
        for without in (None, *WITHOUT)
    ]


def carried_by(effects: FloatArray, interactions: FloatArray | None = None) -> tuple[list[int], str]:
    """Return the places of the items that carry a choice, strongest first, and how they do; "nothing" if none does.

    Args:
        effects: [n], how much each item speaks for it.
        interactions: [n, n], how much more two items bring together than each alone, where that is known.
    """
    supporting = float(np.clip(effects, 0, None).sum())
    order = [int(place) for place in np.argsort(-effects, kind="stable") if effects[place] > 0]
    if not order:
        return [], "nothing"
    shares = effects / supporting
    if shares[order[0]] >= MAIN_SHARE:
        return order[:1], "alone"
    if shares[order[0]] < SPREAD_SHARE:
        return order[:2], "spread"
    chosen = [place for place in order if shares[place] >= NOTABLE_SHARE][:MOST_NAMED]
    if interactions is not None and len(chosen) == 2:
        joint = interactions[chosen[0], chosen[1]]
        if joint >= TOGETHER_SHARE * effects[chosen[1]]:
            return chosen, "together"
    return chosen, "some"
