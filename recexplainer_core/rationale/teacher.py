"""From the target's attributions to a reference rationale: first what to say, then how.

The plan holds only what the numbers and the catalogue support; the wording draws from a grammar. The language model
learns from these texts and never sees the attributions at run time.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.rationale import wording
from recexplainer_core.rationale.attribution import Attribution
from recexplainer_core.surrogate.patterns import fill, joined
from recexplainer_core.surrogate.prompts import (
    CLOSE_CITATION,
    OPEN_CITATION,
    Content,
    Prompt,
    Segment,
    Template,
    cited_title,
)
from recexplainer_core.surrogate.shared_facts import remarks, shared_values

MAX_REASONS = 3
NOTABLE_SHARE = 0.15
"""A reason carries at least this share of everything that speaks for the item."""
MAIN_SHARE = 0.55
"""Above this share one reason carries the choice alone."""
FIRST, LISTED = 3, 10
"""Ranks up to which an item counts as a first choice, and as recommended."""
NOTABLE_AGAINST = 0.25
"""What speaks against the item is named from this share of the strongest reason on."""


@dataclass(frozen=True)
class Reason:
    """A history item that speaks for the choice, and what it has in common with it."""

    item: int
    attribute: str | None
    value: str | None


@dataclass(frozen=True)
class Plan:
    """What a rationale says, and nothing else.

    Args:
        item: the explained item.
        verdict: "first", "listed" or "unlikely", by the item's rank.
        reasons: one to three history items that carry it, strongest first; empty where none does.
        alone: whether the first reason carries the choice alone.
        against: a history item that speaks against it.
    """

    item: int
    verdict: str
    reasons: tuple[Reason, ...]
    alone: bool
    against: int | None


class Teacher:
    """Plan and word reference rationales for one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    @cached_property
    def _frequency(self) -> dict[tuple[str, str], int]:
        counts: dict[tuple[str, str], int] = {}
        for name, column in self.catalogue.attributes.items():
            for values in column:
                for value in values:
                    counts[name, value] = counts.get((name, value), 0) + 1
        return counts

    def plan(self, attribution: Attribution) -> Plan:
        """Decide what to say of one attribution."""
        rank, effects = attribution.rank, attribution.effects
        verdict = "first" if rank <= FIRST else "listed" if rank <= LISTED else "unlikely"
        supporting = float(np.clip(effects, 0, None).sum())
        order = np.argsort(-effects, kind="stable")
        notable = [p for p in order if effects[p] > 0 and effects[p] >= NOTABLE_SHARE * supporting]
        alone = bool(notable) and effects[notable[0]] >= MAIN_SHARE * supporting
        chosen = notable[:1] if alone else notable[:MAX_REASONS]
        weakest = int(order[-1]) if len(order) else 0
        is_against = len(order) > 0 and effects[weakest] < 0
        strongest = float(effects[order[0]]) if len(order) else 0.0
        against = is_against and -effects[weakest] >= NOTABLE_AGAINST * max(strongest, 0.0)
        return Plan(
            attribution.item,
            verdict,
            tuple(self._reason(attribution.history[p], attribution.item) for p in chosen),
            alone,
            attribution.history[weakest] if against else None,
        )

    def likeness(self, item: int, other: int) -> float:
        """Return how telling the rarest thing is that two items share: 1 over the number of items that have it."""
        rarest = self._rarest_shared(item, other)
        return 1 / rarest[0] if rarest else 0.0

    def _reason(self, item: int, explained: int) -> Reason:
        _, name, value = self._rarest_shared(item, explained) or (0, None, None)
        return Reason(item, name, value)

    def _rarest_shared(self, item: int, other: int) -> tuple[int, str, str] | None:
        """Return frequency, attribute and value of the rarest value that two items share."""
        shared = shared_values(self.catalogue, item, other)
        return min(((self._frequency[pair], *pair) for pair in shared), default=None)

    def write(self, plan: Plan, rng: random.Random) -> Prompt:
        """Word a plan; another state of `rng` gives another wording of the same."""
        words = self.catalogue.wording
        common: dict[str, str | Prompt] = {
            "item": cited_title(self.catalogue, plan.item),
            "item_word": (Template(words.item),),
            "user_word": (Template(words.user),),
            "consumed": (Template(words.consumed),),
        }
        opening = fill(rng.choice(wording.OPENINGS[plan.verdict]), common)
        if plan.reasons:
            how = "unlikely" if plan.verdict == "unlikely" else "one" if plan.alone else "some"
            reasons = self._listed(plan.reasons, rng)
            carried = fill(rng.choice(wording.CARRIED_BY[how]), {"reasons": reasons})
        else:
            carried = fill(rng.choice(wording.NO_REASON), common)
        text = _in_order(opening, carried, rng)
        if plan.against is not None:
            values: dict[str, str | Prompt] = {"against": cited_title(self.catalogue, plan.against)}
            join = Template(rng.choice(("; ", ", while ", ". On the other side, ")))
            text = (*text, join, *fill(rng.choice(wording.AGAINST), values))
        return joined((*text, Template(".")))

    def _listed(self, reasons: tuple[Reason, ...], rng: random.Random) -> Prompt:
        listed: list[Prompt] = []
        for reason in reasons:
            cited: Prompt = (
                Template(OPEN_CITATION),
                Content(cited_title(self.catalogue, reason.item)),
                Template(CLOSE_CITATION),
            )
            if reason.attribute is not None and reason.value is not None:
                remark = rng.choice(remarks(reason.attribute, reason.value))
                cited = (*cited, *remark, Template(")"))
            listed.append(cited)
        segments: list[Segment] = []
        for number, cited in enumerate(listed, 1):
            if number > 1:
                segments.append(Template(" and " if number == len(listed) else ", "))
            segments += cited
        return tuple(segments)


def _in_order(opening: Prompt, carried: Prompt, rng: random.Random) -> Prompt:
    """Put the reason behind the verdict or, where the grammar allows it, before it."""
    first = carried[0]
    coordinate = isinstance(first, Template) and first.text.startswith("and ")
    names_item_first = opening[0] == Template(OPEN_CITATION)
    if isinstance(first, Template) and not coordinate and names_item_first and rng.random() < 0.4:
        capital = Template(first.text[0].upper() + first.text[1:])
        return (capital, *carried[1:], Template(", "), *opening)
    return (*opening, Template(", " if coordinate else " "), *carried)
