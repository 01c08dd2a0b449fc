"""What a surrogate holds of the reasons for an item, gathered from its own short answers.

Asked in a word which items decide, an aligned model knows better than it says in a longer sentence: for the demo's
held-out users the first item of the short answer is the target's strongest reason 69 times in 100, that of the sentence
51 times. So it is asked the short question first, and the answer weighs what the sentence may cite and remark on.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.rationale.shared_values import support
from recexplainer_core.rationale.specification import Specification, carried_by
from recexplainer_core.rationale.verdict import RECOMMENDED, UNLIKELY
from recexplainer_core.surrogate.base import Surrogate

SHARPNESS = 3.0
"""Power of its effect with which an item is taught to be the right one to name, and of its support with which a remark
is the right one to make: what is strongest should win clearly."""
EFFECT = 0.5
"""Power of the probability with which an item is named first that stands for its effect. It would be 1 / SHARPNESS of
a model that knew all effects; one that doubts spreads its probabilities.

Chosen on training users, 269 of the demo and 400 of ml-latest-small. The answer then says how the weight is spread as
the teacher would in .67 and .74 of cases; at .6, where fewer items are named, in .67 and .76, but reasons name a
recorded taste less often, .855 instead of .862.
"""
COUNTS = 3.0
"""Power of the short answer's weights beside the sentence's own."""
REPEATED = 0.5 ** (COUNTS * SHARPNESS)
"""What is left of a remark's weight once it has been made: half of its support.

Said again of the next item it tells little, unless the support is overwhelming. Chosen on 362 choices of the demo's
training users behind which a taste is recorded: with it reasons name that taste in .92 of them, without it in .91.
"""


Pair = tuple[str, str]


@dataclass(frozen=True)
class Evidence:
    """What the short answer about one item makes of what can be said in its reason.

    Args:
        titles: how much each item of the history weighs as the next reason, at most 1.
        remarks: how much each (attribute, value) pair of the explained item weighs as something shared, at most 1.
        named: the items that carry the choice, strongest first.
        specification: what the reason is asked to say; None for an empty history.
    """

    titles: Mapping[int, float]
    remarks: Mapping[Pair, float]
    named: tuple[int, ...]
    specification: Specification | None

    @classmethod
    def of(cls, catalogue: Catalogue, item: int, named: Mapping[int, float]) -> Evidence:
        """Weigh an answer.

        As in the teacher's plans, a value is supported by all items of the history that have it, as far as these
        speak for the explained one; how far that is, the model itself says.

        Args:
            catalogue: what items have in common.
            item: the explained item.
            named: log-probability with which each item of the history is the first to be named.
        """
        likeliest = max(named.values(), default=0.0)
        strengths = {other: math.exp((log - likeliest) / SHARPNESS) for other, log in named.items()}
        places, weight = carried_by(np.array(list(effects(named).values())))
        items = list(named)
        return cls(
            *_weights(catalogue, item, strengths),
            tuple(items[place] for place in places),
            Specification(weight, len(places)) if places else None,
        )

    @classmethod
    def of_two(
        cls,
        catalogue: Catalogue,
        item: int,
        named: Mapping[int, float],
        named_for_other: Mapping[int, float],
    ) -> Evidence:
        """Weigh the answers about two items for the reason why one comes before the other.

        As in the teacher's comparisons, what counts is by how much more an item speaks for the one than for the
        other, each taken as a share of all that speaks for it.

        Args:
            catalogue: see `of`.
            item: the one that comes first.
            named: see `of`.
            named_for_other: the same of the answer about the other one; of the same history.
        """
        ours, theirs = effects(named), effects(named_for_other)
        leads = {other: max(effect - theirs[other], 0.0) for other, effect in ours.items()}
        largest = max(leads.values(), default=0.0) or 1.0
        strengths = {other: lead / largest for other, lead in leads.items()}
        return cls(*_weights(catalogue, item, strengths), (), None)

    def on_removal(self, without: str) -> Evidence:
        """Return the same with what becomes of the item without the named ones: "needed" or "robust"."""
        return (
            replace(self, specification=replace(self.specification, without=without))
            if self.specification
            else self
        )


def gather_evidence(
    surrogate: Surrogate, requests: Sequence[RationaleRequest], verdicts: Sequence[str]
) -> list[Evidence]:
    """Ask a surrogate what decides about each item, and whether a recommended one would stay without that.

    Args:
        surrogate: is asked in short questions; nothing of the target's answer is handed over.
        requests: n rationales to be written.
        verdicts: n, the surrogate's own, see `verdict.own_verdicts`.

    Returns:
        For each the evidence, without a specification where the item is held unlikely.
    """
    histories, items = [one.history for one in requests], [one.item for one in requests]
    modes, vectors_of = [one.mode for one in requests], [one.vectors_of or one.history for one in requests]
    named = surrogate.deciding(histories, items, modes, vectors_of)
    found = [Evidence.of(surrogate.catalogue, item, one) for item, one in zip(items, named, strict=True)]
    rows = [
        row for row, verdict in enumerate(verdicts) if verdict in RECOMMENDED and found[row].specification
    ]
    chances = surrogate.chances_without(
        [histories[row] for row in rows],
        [items[row] for row in rows],
        [found[row].named for row in rows],
        [modes[row] for row in rows],
        [vectors_of[row] for row in rows],
    )
    for row, chance in zip(rows, chances, strict=True):
        found[row] = found[row].on_removal("robust" if chance >= 0.5 else "needed")
    return [
        replace(one, specification=None) if verdict == UNLIKELY else one
        for one, verdict in zip(found, verdicts, strict=True)
    ]


def gather_evidence_of_two(
    surrogate: Surrogate, request: RationaleRequest, first: int, second: int
) -> Evidence:
    """Ask a surrogate what decides that one item comes before another, for the history of a request."""
    named, named_for_other = surrogate.deciding([request.history] * 2, [first, second], [request.mode] * 2)
    return Evidence.of_two(surrogate.catalogue, first, named, named_for_other)


def effects(named: Mapping[int, float]) -> dict[int, float]:
    """Return which share of all that speaks for an item comes from each item of the history."""
    likeliest = max(named.values(), default=0.0)
    odds = {other: math.exp(EFFECT * (log - likeliest)) for other, log in named.items()}
    total = sum(odds.values())
    return {other: odd / total for other, odd in odds.items()}


def _weights(
    catalogue: Catalogue, item: int, strengths: Mapping[int, float]
) -> tuple[dict[int, float], dict[Pair, float]]:
    """Return how much each item weighs as a reason, and each pair as a remark, by how strongly items speak."""
    titles = {other: strength ** (COUNTS * SHARPNESS) for other, strength in strengths.items()}
    supported = support(catalogue, item, strengths.items())
    best = max(supported.values(), default=0.0) or 1.0
    return titles, {pair: (value / best) ** (COUNTS * SHARPNESS) for pair, value in supported.items()}
