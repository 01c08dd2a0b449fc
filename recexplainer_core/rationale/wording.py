"""The grammar of reference rationales."""

from __future__ import annotations

from collections.abc import Mapping

from recexplainer_core.surrogate.patterns import blank
from recexplainer_core.surrogate.shared_facts import SHARED, SHARED_OTHERWISE

OPENINGS: Mapping[str, tuple[str, ...]] = {
    "first": (
        "«{item}» is a clear choice",
        "«{item}» stands at the very top",
        "«{item}» is among the first choices",
        "A strong match: «{item}»",
        "«{item}» fits this {user_word} very well",
    ),
    "listed": (
        "«{item}» is recommended",
        "«{item}» makes the list",
        "«{item}» is a good match",
        "«{item}» is among the suggestions",
    ),
    "unlikely": (
        "«{item}» is not a likely choice",
        "«{item}» would not make the list",
        "«{item}» stays far down the list",
        "Hardly a match: «{item}»",
    ),
}
"""How the place of the item in the target's ranking is said."""

CARRIED_BY: Mapping[str, tuple[str, ...]] = {
    "one": (
        "mostly because of {reasons}",
        "chiefly on account of {reasons}",
        "above all thanks to {reasons}",
        "and it rests on {reasons}",
        "and the main reason is {reasons}",
        "and little counts beside {reasons}",
    ),
    "some": (
        "because of {reasons}",
        "on account of {reasons}",
        "thanks to {reasons}",
        "and several titles carry it: {reasons}",
        "and what speaks for it is {reasons}",
    ),
    "unlikely": (
        "in spite of {reasons}",
        "even with {reasons}",
        "and little speaks for it but {reasons}",
        "and the best that can be said for it is {reasons}",
    ),
}
"""What the choice rests on: one item, several, or too little. Those that do not begin with "and" can also go first."""
NO_REASON = (
    "and nothing {consumed} points to it",
    "and no {item_word} of the history speaks for it",
    "and no single {item_word} decides this",
    "and the history gives no clear reason",
)
AGAINST = ("«{against}» speaks against it", "«{against}» weakens the case", "«{against}» pulls the other way")


def every_pattern() -> list[str]:
    """Return the text of every pattern, its places left out."""
    tables = (SHARED, OPENINGS, CARRIED_BY)
    patterns = [pattern for table in tables for alternatives in table.values() for pattern in alternatives]
    patterns += [*SHARED_OTHERWISE, *NO_REASON, *AGAINST]
    return [blank(pattern) for pattern in patterns]
