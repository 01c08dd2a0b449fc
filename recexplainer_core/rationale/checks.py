"""Every claim of a rationale, tested: against the history, the catalogue and, above all, the target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.histories import History
from recexplainer_core.rationale.attribution import Attribution, attribute
from recexplainer_core.rationale.counterfactual import Change, change
from recexplainer_core.rationale.plan import Planner
from recexplainer_core.rationale.reading import CitedReason, Reading
from recexplainer_core.rationale.shared_values import shared_values
from recexplainer_core.rationale.verdict import FIRST, LISTED, verdict_of
from recexplainer_core.recommenders.base import Recommender

VERDICTS = {
    "first": f"it is among the first {FIRST}",
    "listed": f"it is recommended, at no. {FIRST + 1} to {LISTED}",
    "possible": "it is not far below the list",
    "unlikely": "it is far down the order",
}
WEIGHTS = {
    "alone": "one alone carries it",
    "some": "these carry it",
    "spread": "no single one decides",
    "together": "they count together",
    "spite": "they are not enough",
    "nothing": "nothing speaks for it",
}


@dataclass(frozen=True)
class Check:
    """One claim and what came of its test.

    Args:
        kind: "verdict", "cited", "remark", "order", "weight", "without", "against" or "unread".
        claim: what is said, in few words.
        holds: whether it is true; None where it could not be read, and so not be tested.
        finding: what the test found.
        item: the history item that it is about.
    """

    kind: str
    claim: str
    holds: bool | None
    finding: str
    item: int | None = None


def check(
    reading: Reading,
    catalogue: Catalogue,
    recommender: Recommender,
    history: History,
    item: int,
) -> list[Check]:
    """Test what a rationale of one item says.

    Args:
        reading: the rationale, read.
        catalogue: says what is shared.
        recommender: the target, which is asked about changed histories.
        history: the user's. What is seen does not count in ranks.
        item: the explained item.
    """
    [[found]] = attribute(recommender, [history], [[item]])
    reasons = reading.cited("reasons")
    checks = _verdict(reading, catalogue, found)
    for one in reasons:
        checks += _cited(one, catalogue, recommender, history, found)
    known = [one.citation.item for one in reasons if one.citation.item in found.history]
    effects = dict(zip(found.history, found.effects, strict=True))
    if len(known) > 1:
        contributions = [effects[i] for i in known if i is not None]
        checks.append(
            Check(
                "order",
                "they are named by weight",
                contributions == sorted(contributions, reverse=True),
                "effects on its score: "
                + ", ".join(f"{_share(contribution, found)}" for contribution in contributions),
            )
        )
    checks += _weight(reading, catalogue, found)
    checks += _without(reading, recommender, history, item, [i for i in known if i is not None])
    for one in reading.cited("against"):
        checks.append(_pulls("against", one, recommender, history, found))
    return [*checks, *(Check("unread", text, None, "could not be read") for text in reading.unread)]


def _verdict(reading: Reading, catalogue: Catalogue, found: Attribution) -> list[Check]:
    claimed = reading.claimed("verdict")
    if claimed not in VERDICTS:
        return []
    right = verdict_of(found.rank, len(catalogue))
    return [
        Check(
            "verdict",
            VERDICTS[claimed],
            claimed == right,
            f"the target has it at no. {found.rank:,}",
            found.item,
        )
    ]


def _cited(
    one: CitedReason,
    catalogue: Catalogue,
    recommender: Recommender,
    history: History,
    found: Attribution,
) -> list[Check]:
    checks = [_pulls("cited", one, recommender, history, found)]
    item = one.citation.item
    if one.remark is not None:
        shared = item is not None and (one.attribute, one.value) in shared_values(catalogue, item, found.item)
        finding = f"the catalogue {'says so of both' if shared else 'does not say so of both'}"
        checks.append(Check("remark", f"«{one.citation.title}»: {one.remark}", shared, finding, item))
    return checks


def _pulls(
    kind: str,
    one: CitedReason,
    recommender: Recommender,
    history: History,
    found: Attribution,
) -> Check:
    """Test whether a cited title speaks for the item, or against it, by taking it out."""
    item = one.citation.item
    claim = f"«{one.citation.title}» speaks {'for' if kind == 'cited' else 'against'} it"
    if item is None or item not in found.history:
        return Check(kind, claim, False, "is not in the history", item)
    after = change(recommender, history, history.without({item}), [found.item])
    gain = after.gain(found.item)
    finding = f"without it: {_fall(after, found.item)}, score {100 * gain:+.0f}%"
    return Check(kind, claim, gain < 0 if kind == "cited" else gain > 0, finding, item)


def _weight(reading: Reading, catalogue: Catalogue, found: Attribution) -> list[Check]:
    claimed = reading.claimed("reasons") or reading.claimed("nothing")
    if claimed is None:
        return []
    plan = Planner(catalogue).plan(found)
    supporting = float(found.effects.clip(0).sum())
    if supporting:
        strongest = int(found.effects.argmax())
        part = found.effects[strongest] / supporting
        finding = f"«{catalogue.titles[found.history[strongest]]}» makes {part:.0%} of what speaks for it"
    else:
        finding = "nothing in the history speaks for it"
    return [Check("weight", WEIGHTS[claimed], claimed == plan.weight, finding)]


def _without(
    reading: Reading, recommender: Recommender, history: History, item: int, cited: Sequence[int]
) -> list[Check]:
    claimed = reading.claimed("without")
    if claimed is None:
        return []
    after = change(recommender, history, history.without(cited), [item])
    falls = after.ranks_after[item] > LISTED
    claim = (
        "without them it would fall from the list" if claimed == "needed" else "it would stay without them"
    )
    return [Check("without", claim, falls == (claimed == "needed"), f"without them: {_fall(after, item)}")]


def _fall(after: Change, item: int) -> str:
    return f"no. {after.ranks[item]:,} → {after.ranks_after[item]:,}"


def _share(effect: float, found: Attribution) -> str:
    """Return an effect as a share of the item's score."""
    return f"{100 * effect / found.probability:+.0f}%"
