"""What a rationale says, and nothing else: decided by the target's attributions and the catalogue's facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.rationale.attribution import Attribution, FloatArray
from recexplainer_core.rationale.shared_values import shared_values, support
from recexplainer_core.rationale.specification import Specification, carried_by
from recexplainer_core.rationale.verdict import LISTED, RECOMMENDED, UNLIKELY, verdict_of

NOTABLE_AGAINST = 0.4
"""What speaks against the item is named from this share of the strongest reason on."""


@dataclass(frozen=True)
class Reason:
    """A history item that speaks for the choice, and what it has in common with the explained item.

    Args:
        item: the history item.
        attribute, value: the best supported thing that both share; None where they share nothing.
        shared: (attribute, value, support) of everything that both share; empty where support is not known.
    """

    item: int
    attribute: str | None = None
    value: str | None = None
    shared: tuple[tuple[str, str, float], ...] = ()


@dataclass(frozen=True)
class Plan:
    """What a rationale says.

    Args:
        item: the explained item.
        verdict: "first", "listed", "possible" or "unlikely", by the item's rank; "before" or "after" another one.
        reasons: up to three history items that carry it, strongest first.
        weight: how they carry it: "alone", "some", "spread" or "together"; "spite" where they are not enough,
            "nothing" where there are none.
        without: what becomes of a recommended item without the reasons: it is still recommended ("robust"), or
            not ("needed"). None where that is not said.
        against: a history item that speaks against it.
        other: the item that it is compared with.
    """

    item: int
    verdict: str
    reasons: tuple[Reason, ...]
    weight: str
    without: str | None = None
    against: int | None = None
    other: int | None = None

    @property
    def specification(self) -> Specification | None:
        """What its question asks for; nothing of an unlikely item, of which there may be nothing to say."""
        if self.verdict == UNLIKELY or not self.reasons:
            return None
        return Specification(self.weight, len(self.reasons), self.without)


class Planner:
    """Plan reference rationales for one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def plan(self, attribution: Attribution) -> Plan:
        """Decide what to say of one attribution."""
        verdict = verdict_of(attribution.rank, len(self.catalogue))
        chosen, weight = carried_by(attribution.effects, attribution.interactions)
        without = None
        if verdict in RECOMMENDED and chosen:
            without = "needed" if attribution.ranks_without[len(chosen) - 1] > LISTED else "robust"
        return Plan(
            attribution.item,
            verdict,
            self._reasons(chosen, attribution.history, attribution.effects, attribution.item),
            "spite" if chosen and verdict == "unlikely" else weight,
            without,
            _against(attribution.history, attribution.effects),
        )

    def compare(self, attribution: Attribution, other: Attribution) -> Plan:
        """Decide what to say of why one item comes before or after another, for the same history."""
        lead = attribution.effects / attribution.probability - other.effects / other.probability
        verdict = "before" if attribution.rank < other.rank else "after"
        towards = lead if verdict == "before" else -lead
        chosen, weight = carried_by(towards)
        reason_for = attribution.item if verdict == "before" else other.item
        reasons = self._reasons(chosen, attribution.history, towards, reason_for)
        return Plan(attribution.item, verdict, reasons, weight, other=other.item)

    def likeness(self, item: int, other: int) -> float:
        """Return how telling the rarest thing is that two items share: 1 over the number of items that have it."""
        shared = shared_values(self.catalogue, item, other)
        return max((1 / self.catalogue.value_counts[pair] for pair in shared), default=0.0)

    def _reasons(
        self, places: Sequence[int], history: Sequence[int], effects: FloatArray, explained: int
    ) -> tuple[Reason, ...]:
        """Find what each reason shares with the explained item: of all they share, what is best supported."""
        contributions = zip(history, effects.tolist(), strict=True)
        supports = support(self.catalogue, explained, contributions)
        found = []
        for place in places:
            shared = shared_values(self.catalogue, history[place], explained)
            supported = tuple(sorted(((*pair, supports[pair]) for pair in shared), key=lambda s: (s[2], s)))
            name, value = supported[-1][:2] if supported else (None, None)
            found.append(Reason(history[place], name, value, supported))
        return tuple(found)


def _against(history: Sequence[int], effects: FloatArray) -> int | None:
    if not len(effects):
        return None
    weakest = int(np.argmin(effects))
    notable = effects[weakest] < 0 and -effects[weakest] >= NOTABLE_AGAINST * max(float(effects.max()), 0.0)
    return history[weakest] if notable else None
