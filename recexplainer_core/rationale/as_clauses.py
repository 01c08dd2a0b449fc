"""Claims in the form in which a text that was read back is known, for whoever measures both alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.rationale.claims import Cites, Claim, Interest, Rank, Removal, Shares
from recexplainer_core.rationale.reading import Citation, CitedReason, Clause, Reading
from recexplainer_core.rationale.reasons import Reason

_VERDICTS: Mapping[str, str] = {
    "first": "first",
    "recommended": "listed",
    "near": "possible",
    "far": "unlikely",
}


def as_clauses(reason: Reason, catalogue: Catalogue) -> Reading:
    """Return what a reason claims, clause by clause; the words of a clause say nothing of the item's place."""
    return Reading(tuple(clause for claim in reason.claims if (clause := _clause(claim, catalogue))))


def _clause(claim: Claim, catalogue: Catalogue) -> Clause | None:
    def cited(item: int, pair: tuple[str, str] | tuple[None, None] = (None, None)) -> CitedReason:
        return CitedReason(Citation(0, 0, item, catalogue.titles[item]), pair[1], *pair)

    found: Any = None
    match claim:
        case Rank(_, band):
            found = ("verdict", _VERDICTS[band], (), "")
        case Interest(attribute, value, items):
            found = (
                "reasons",
                "",
                tuple(cited(item, (attribute, value)) for item in items),
                f"interest {value}",
            )
        case Cites(item, "for"):
            found = ("reasons", "", (cited(item),), "cited")
        case Cites(item, "against"):
            found = ("against", "against", (cited(item),), "against")
        case Shares(item, attribute, value):
            found = ("reasons", "", (cited(item, (attribute, value)),), f"shared {value}")
        case Removal(_, outcome):
            found = ("without", outcome, (), "")
    return None if found is None else Clause(*found)
