"""What the surrogate would claim of an item: its short answers, as far as it is sure of them.

A claim that it is not sure of is left out. The thresholds were chosen on the demo's training users, 200 with SmolLM2
and 300 with the pocket model, both hybrid: of the settings that leave about three claims in a reason, one under which
most reasons hold as a whole.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.histories import History
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.rationale.claims import Band, Cites, Claim, Interest, Rank, Removal, Shares, Strongest
from recexplainer_core.rationale.evidence import EFFECT
from recexplainer_core.rationale.interest import (
    FEWEST,
    SharedValue,
    percentile,
    sets_like,
    shared_with_history,
)
from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.rationale.shared_values import support
from recexplainer_core.rationale.verdict import LISTED
from recexplainer_core.surrogate.base import Surrogate


@dataclass(frozen=True)
class Thresholds:
    """How sure the surrogate has to be before it claims something.

    Args:
        first: last place in its own list from which an item is called one of the first choices.
        far: chance of interest up to which an item that it does not list is called far from the list.
        cited: probability with which an item is named as the one that decides, relative to the most probable one.
        strongest: ratio of the largest such probability to the second.
        interest: share of equally many other items that by its own answers speak less for the item than those with the
            value do.
        needed: chance up to which an item is said to drop out of the list.
        robust: chance from which it is said to stay.
    """

    first: int = 2
    far: float = 0.2
    cited: float = 0.5
    strongest: float = 4.0
    interest: float = 0.97
    needed: float = 0.2
    robust: float = 0.6


THRESHOLDS = Thresholds()
_COMMON = 0.2
"""Share of the catalogue up to which a value that two items have in common is worth telling."""
MOST_CITED = 3
"""Items that a reason names, at most."""


@dataclass(frozen=True)
class Answers:
    """The surrogate's short answers about one item and history.

    Args:
        place: of the item in its own list, 1 is best; None where it is not listed.
        interest: chance that the item is one for the user, by its own answer; None where it is listed anyway.
        named: history item -> probability of being named as the one that decides.
    """

    place: int | None
    interest: float | None
    named: Mapping[int, float]

    @property
    def ranked(self) -> list[int]:
        """The history's items, the most probably named first."""
        return sorted(self.named, key=lambda item: -self.named[item])


def ask(
    surrogate: Surrogate,
    requests: Sequence[RationaleRequest],
    listed: Sequence[Sequence[int]] | None = None,
) -> list[Answers]:
    """Put the short questions of n requests to a surrogate.

    Args:
        surrogate: is asked.
        requests: n.
        listed: n, its own lists, best first, where these are known already.
    """
    if not requests:
        return []
    histories, items, modes = _columns(requests)
    if listed is None:
        listed = [[one.item for one in row] for row in surrogate.predict(histories, modes, LISTED)]
    places = [
        row.index(item) + 1 if item in row[:LISTED] else None for row, item in zip(listed, items, strict=True)
    ]
    unlisted = [row for row, place in enumerate(places) if place is None]
    chances = surrogate.chances_of_interest(
        [histories[row] for row in unlisted],
        [items[row] for row in unlisted],
        [modes[row] for row in unlisted],
    )
    of_row = dict(zip(unlisted, chances, strict=True))
    vectors_of = [one.vectors_of or one.history for one in requests]
    named = surrogate.deciding(histories, items, modes, vectors_of)
    return [
        Answers(place, of_row.get(row), _normalised(one))
        for row, (place, one) in enumerate(zip(places, named, strict=True))
    ]


def claims_of(
    surrogate: Surrogate,
    requests: Sequence[RationaleRequest],
    answers: Sequence[Answers],
    thresholds: Thresholds = THRESHOLDS,
) -> list[tuple[Claim, ...]]:
    """Return what the surrogate claims of each of n requests, what it is sure of alone."""
    found = [
        _claims(surrogate.catalogue, one.history, one.item, own, thresholds)
        for one, own in zip(requests, answers, strict=True)
    ]
    rows = [
        row
        for row, (own, claims) in enumerate(zip(answers, found, strict=True))
        if own.place is not None and reasons_of(claims)
    ]
    histories, items, modes = _columns([requests[row] for row in rows])
    removed = [reasons_of(found[row]) for row in rows]
    vectors_of = [requests[row].vectors_of or requests[row].history for row in rows]
    chances = surrogate.chances_without(histories, items, removed, modes, vectors_of)
    for row, without, chance in zip(rows, removed, chances, strict=True):
        if chance <= thresholds.needed:
            found[row] = (*found[row], Removal(without, "needed"))
        elif chance >= thresholds.robust:
            found[row] = (*found[row], Removal(without, "robust"))
    return found


def reasons_of(claims: Sequence[Claim]) -> tuple[int, ...]:
    """Return the history items that claims give as reasons, those that show an interest first."""
    shown = [item for one in claims if isinstance(one, Interest) for item in one.items]
    cited = [one.item for one in claims if isinstance(one, Cites) and one.stance == "for"]
    return tuple(dict.fromkeys([*shown, *cited]))


def believed_interest(
    catalogue: Catalogue, item: int, answers: Answers, history: Sequence[int]
) -> tuple[SharedValue, float] | None:
    """Return the value whose items together speak most for an item, by the surrogate, and how clearly they do."""
    effects = [answers.named.get(other, 0.0) ** EFFECT for other in history]
    best: tuple[tuple[float, int, float], SharedValue] | None = None
    for shared in shared_with_history(catalogue, item, history):
        sums = {
            places: sum(effects[place] for place in places)
            for places in sets_like(len(history), shared.places)
        }
        own = frozenset(shared.places)
        key = (percentile(sums, own), min(len(own), MOST_CITED), sums[own])
        if best is None or key > best[0]:
            best = key, shared
    return None if best is None else (best[1], best[0][0])


def _claims(
    catalogue: Catalogue, history: History, item: int, answers: Answers, thresholds: Thresholds
) -> tuple[Claim, ...]:
    ranked = answers.ranked
    likeliest = answers.named[ranked[0]] if ranked else 1.0
    sure = [one for one in ranked if answers.named[one] >= thresholds.cited * likeliest][:MOST_CITED]
    found = believed_interest(catalogue, item, answers, history.recent)
    shown: tuple[int, ...] = ()
    band = _band(answers, thresholds)
    claims: list[Claim] = [Rank(item, band)] if band else []
    if found and found[1] >= thresholds.interest and len(found[0].places) >= FEWEST and band != "far":
        owners = {history.recent[place] for place in found[0].places}
        shown = tuple(one for one in ranked if one in owners)[:MOST_CITED]
        claims.append(Interest(found[0].attribute, found[0].value, shown))
    cited = [one for one in sure if one not in shown] if shown else sure
    claims += [Cites(one) for one in cited[: MOST_CITED - len(shown) if shown else MOST_CITED]]
    if not shown and cited:
        claims += _in_common(catalogue, item, cited[0], answers)
    if len(ranked) > 1 and likeliest >= thresholds.strongest * answers.named[ranked[1]]:
        claims.append(Strongest(ranked[0]))
    return tuple(claims)


def _band(answers: Answers, thresholds: Thresholds) -> Band | None:
    if answers.place is not None:
        return "first" if answers.place <= thresholds.first else "recommended"
    return "far" if answers.interest is not None and answers.interest <= thresholds.far else None


def _in_common(catalogue: Catalogue, item: int, cited: int, answers: Answers) -> list[Claim]:
    """Return what the first cited item shares with the explained one: what most of the history supports and few items
    of the catalogue have; nothing where all of it is common."""
    supported = support(catalogue, item, ((other, answers.named[other]) for other in answers.named))
    rare = {pair: catalogue.value_counts.get(pair, 0) / len(catalogue) for pair in supported}
    shared = [
        pair
        for pair in supported
        if pair[1] in catalogue.values(cited, pair[0]) and not pair[1].isdigit() and rare[pair] <= _COMMON
    ]
    told = max(shared, key=lambda pair: -supported[pair] * math.log(rare[pair]), default=None)
    return [] if told is None else [Shares(cited, *told)]


def _normalised(named: Mapping[int, float]) -> dict[int, float]:
    """Return the probability of each of some items, from their log-probabilities; they sum to 1."""
    likeliest = max(named.values(), default=0.0)
    odds = {item: math.exp(log - likeliest) for item, log in named.items()}
    total = sum(odds.values())
    return {item: odd / total for item, odd in odds.items()}


def _columns(
    requests: Sequence[RationaleRequest],
) -> tuple[list[History], list[int], list[AlignmentMode]]:
    return [one.history for one in requests], [one.item for one in requests], [one.mode for one in requests]
