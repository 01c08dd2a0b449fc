"""The grammar of reference rationales: clauses of our own text with places for what the plan holds.

Every clause can be told from every other, so that a rationale can be read back; see `claims`.
"""

from __future__ import annotations

from collections.abc import Mapping

from recexplainer_core.grammar.no_reason import NO_REASON, TAILS
from recexplainer_core.grammar.remarks import SHARED, SHARED_OTHERWISE
from recexplainer_core.prompting.patterns import blank

VERDICTS: Mapping[str, tuple[str, ...]] = {
    "first": (
        "«{item}» is a clear choice",
        "«{item}» stands at the very top",
        "«{item}» is among the first choices",
        "«{item}» fits this {user} very well",
        "«{item}» is one of the strongest matches",
        "a strong match: «{item}»",
        "hardly anything suits this {user} better than «{item}»",
    ),
    "listed": (
        "«{item}» is recommended",
        "«{item}» makes the list",
        "«{item}» is a good match",
        "«{item}» is among the suggestions",
        "«{item}» belongs on the list",
        "a fair match: «{item}»",
        "this {user} may well like «{item}»",
    ),
    "possible": (
        "«{item}» is not far from the list",
        "«{item}» would be possible",
        "«{item}» stands below the list",
        "«{item}» just misses the list",
        "a weak match: «{item}»",
        "others come before «{item}»",
    ),
    "unlikely": (
        "«{item}» is not a likely choice",
        "«{item}» would not make the list",
        "«{item}» stays far down the list",
        "«{item}» does not suit this {user}",
        "hardly a match: «{item}»",
        "nobody would suggest «{item}» here",
    ),
    "before": (
        "«{item}» comes before «{other}»",
        "«{item}» suits this {user} better than «{other}»",
        "«{item}» is preferred to «{other}»",
        "of the two, «{item}» wins over «{other}»",
    ),
    "after": (
        "«{item}» comes after «{other}»",
        "«{item}» suits this {user} less than «{other}»",
        "of the two, «{item}» loses against «{other}»",
    ),
}
"""How the place of the item in the target's ranking is said, or how it compares with another one."""

BECAUSE: Mapping[str, tuple[str, ...]] = {
    "alone": (
        "mostly because of {reasons}",
        "chiefly on account of {reasons}",
        "above all thanks to {reasons}",
        "mainly through {reasons}",
    ),
    "some": (
        "because of {reasons}",
        "on account of {reasons}",
        "thanks to {reasons}",
        "owing to {reasons}",
    ),
    "spite": (
        "in spite of {reasons}",
        "even with {reasons}",
        "notwithstanding {reasons}",
    ),
}
"""What the verdict rests on, said in its sentence."""

CARRIED: Mapping[str, tuple[str, ...]] = {
    "alone": (
        "the main reason is {reasons}",
        "it rests on {reasons}",
        "little counts beside {reasons}",
        "one {item_word} carries it: {reasons}",
        "the decisive {item_word} is {reasons}",
    ),
    "some": (
        "what speaks for it is {reasons}",
        "it follows from {reasons}",
        "the pull comes from {reasons}",
        "behind it: {reasons}",
        "the reasons lie in {reasons}",
    ),
    "spread": (
        "no single {item_word} decides this, but most weight has {reasons}",
        "many {items} count a little, most of all {reasons}",
        "the weight is spread, with {reasons} in front",
        "it takes the whole history, {reasons} before all",
    ),
    "together": (
        f"{{reasons}} {TAILS[0]}",
        "it takes both {reasons}",
        f"{{reasons}} {TAILS[1]}",
        "only the two together do it: {reasons}",
    ),
    "spite": (
        "the best that can be said for it is {reasons}",
        "little speaks for it but {reasons}",
        "there is only {reasons}",
    ),
}
"""The same, said in a sentence of its own."""

WITHOUT: Mapping[str, tuple[str, ...]] = {
    "needed": (
        "without {them} it would drop out of the top ten",
        "take {them} away and it is no longer recommended",
        "it would not be on the list without {them}",
        "{them} left out, it loses its place",
        "its place on the list hangs on {them}",
    ),
    "robust": (
        "even without {them} it would still be recommended",
        "it would stay in the top ten without {them}",
        "take {them} away and it is still on the list",
        "{them} left out, it keeps its place",
        "its place on the list does not hang on {them}",
    ),
}
"""What becomes of a recommended item when the cited reasons are removed."""
THEM = ("that", "those")
"""The cited reasons once more: one, several."""

AGAINST = (
    "«{against}» speaks against it",
    "«{against}» weakens the case",
    "«{against}» pulls the other way",
    "«{against}» counts against it",
    "«{against}» argues for something else",
    "only «{against}» stands in its way",
)

JOINTS: Mapping[str, tuple[str, ...]] = {
    "carried": ("; ", ": ", ". ", ", and "),
    "without": ("; ", ". ", ", and "),
    "against": ("; ", ", while ", ". On the other side, ", ", but ", ". "),
}
"""What stands between a clause and the one before it."""
AFTER_REASON = ("; ", ": ", ", so ")
"""What stands between a reason in a sentence of its own and the verdict behind it."""


def every_pattern() -> list[str]:
    """Return the text of every pattern, its places left out."""
    tables = (SHARED, VERDICTS, BECAUSE, CARRIED, WITHOUT, JOINTS)
    patterns = [pattern for table in tables for alternatives in table.values() for pattern in alternatives]
    patterns += [*SHARED_OTHERWISE, *NO_REASON, *AGAINST, *THEM]
    return [blank(pattern) for pattern in patterns]
