"""What a rationale says, and nothing else: decided by the target's attributions and the catalogue's facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.rationale.attribution import Attribution, FloatArray
from recexplainer_core.surrogate.brief import RECOMMENDED, Brief, carried_by
from recexplainer_core.surrogate.no_reason import HOPELESS
from recexplainer_core.surrogate.shared_facts import frequencies, shared_values, support

NOTABLE_AGAINST = 0.4
"""What speaks against the item is named from this share of the strongest reason on."""
FIRST, LISTED = 3, 10
"""Ranks up to which an item counts as a first choice, and as recommended."""
POSSIBLE = 0.35
"""Share of the catalogue up to whose rank an item counts as possible: where interest is as likely as not."""


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
    def brief(self) -> Brief | None:
        """What its question asks for; nothing of an unlikely item, of which there may be nothing to say."""
        if self.verdict == HOPELESS or not self.reasons:
            return None
        return Brief(self.weight, len(self.reasons), self.without)


class Planner:
    """Plan reference rationales for one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def plan(self, attribution: Attribution) -> Plan:
        """Decide what to say of one attribution."""
        verdict = verdict_of(attribution.rank, len(self.catalogue))
        chosen, weight = carried_by(attribution.effects, attribution.together)
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
        lead = attribution.effects / attribution.share - other.effects / other.share
        verdict = "before" if attribution.rank < other.rank else "after"
        towards = lead if verdict == "before" else -lead
        chosen, weight = carried_by(towards)
        reason_for = attribution.item if verdict == "before" else other.item
        reasons = self._reasons(chosen, attribution.history, towards, reason_for)
        return Plan(attribution.item, verdict, reasons, weight, other=other.item)

    def likeness(self, item: int, other: int) -> float:
        """Return how telling the rarest thing is that two items share: 1 over the number of items that have it."""
        shared = shared_values(self.catalogue, item, other)
        return max((1 / self._frequency[pair] for pair in shared), default=0.0)

    @cached_property
    def _frequency(self) -> dict[tuple[str, str], int]:
        return frequencies(self.catalogue)

    def _reasons(
        self, places: Sequence[int], history: Sequence[int], effects: FloatArray, explained: int
    ) -> tuple[Reason, ...]:
        """Find what each reason shares with the explained item: of all they share, what is best supported."""
        pulls = zip(history, effects.tolist(), strict=True)
        supports = support(self.catalogue, self._frequency, explained, pulls)
        found = []
        for place in places:
            shared = shared_values(self.catalogue, history[place], explained)
            supported = tuple(sorted(((*pair, supports[pair]) for pair in shared), key=lambda s: (s[2], s)))
            name, value = supported[-1][:2] if supported else (None, None)
            found.append(Reason(history[place], name, value, supported))
        return tuple(found)


def verdict_of(rank: int, n_items: int) -> str:
    """Name an item's place in an order."""
    if rank <= FIRST:
        return "first"
    if rank <= LISTED:
        return "listed"
    return "possible" if rank <= POSSIBLE * n_items else "unlikely"


def _against(history: Sequence[int], effects: FloatArray) -> int | None:
    if not len(effects):
        return None
    weakest = int(np.argmin(effects))
    notable = effects[weakest] < 0 and -effects[weakest] >= NOTABLE_AGAINST * max(float(effects.max()), 0.0)
    return history[weakest] if notable else None
