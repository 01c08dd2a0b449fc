"""Whether what a sentence says is in the evidence that its writer was given."""

from __future__ import annotations

from collections.abc import Sequence

from recexplainer_core.rationale.claims import Cites, Claim, Interest, Rank, Removal, Shares, Strongest
from recexplainer_core.rationale.surrogate_claims import reasons_of


def supported(said: Claim, claims: Sequence[Claim]) -> bool:
    """Return whether a claim that was read follows from claims that were given.

    A first choice is recommended, and so is what stays on the list, or would drop out of it. Who shows a taste, weighs
    most or is needed speaks for the item, and what shows a taste shares it.
    """
    if said in claims:
        return True
    match said:
        case Rank(_, "recommended"):
            return any(
                isinstance(one, Removal) or (isinstance(one, Rank) and one.band == "first") for one in claims
            )
        case Cites(item, "for"):
            strongest = {one.item for one in claims if isinstance(one, Strongest)}
            return item in {*reasons_of(claims), *strongest}
        case Interest(attribute, value, items):
            given = (one for one in claims if isinstance(one, Interest))
            return any(
                (one.attribute, one.value) == (attribute, value) and set(items) <= set(one.items)
                for one in given
            )
        case Shares(item, attribute, value):
            given = (one for one in claims if isinstance(one, Interest))
            return any(
                (one.attribute, one.value) == (attribute, value) and item in one.items for one in given
            )
        case Removal(items, outcome):
            removals = (one for one in claims if isinstance(one, Removal))
            return any(one.outcome == outcome and set(one.items) == set(items) for one in removals)
        case _:
            return False
