"""The grammar of reference rationales: a pattern with named places becomes typed segments.

A pattern is our own text; what fills its places is data.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from recexplainer_core.surrogate.prompts import Content, Prompt, Segment, Template

_PLACE = re.compile(r"\{(\w+)\}")

SHARED: Mapping[str, tuple[str, ...]] = {
    "director": ("also directed by {value}", "also by {value}", "the same director, {value}"),
    "genres": ("{value} as well", "also {value}", "{value} too"),
    "themes": ("on the same theme, {value}", "also about {value}", "about {value} as well"),
    "mood": ("just as {value}", "with the same {value} mood", "equally {value}"),
    "decade": ("also from the {value}", "from the {value} too", "the {value} again"),
    "year": ("also from {value}", "of the same year, {value}"),
    "country": ("the same country, {value}", "{value} again"),
}
"""What a cited item has in common with the explained one, in brackets behind its title."""
SHARED_OTHERWISE = ("the same {name}, {value}", "with the {name} {value} too")

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
    return [_PLACE.sub("", pattern) for pattern in patterns]


def fill(pattern: str, values: Mapping[str, str | Prompt]) -> Prompt:
    """Put values into a pattern: text becomes `Content`, segments stand as they are.

    Args:
        pattern: text with {places}.
        values: what stands in each place.
    """
    segments: list[Segment] = []
    for number, part in enumerate(_PLACE.split(pattern)):
        if number % 2 == 0:
            segments += [Template(part)] if part else []
            continue
        value = values[part]
        segments += [Content(value)] if isinstance(value, str) else value
    return joined(tuple(segments))


def joined(segments: Prompt) -> Prompt:
    """Merge neighbouring templates, so that our text is encoded the same way however it was put together."""
    merged: list[Segment] = []
    for segment in segments:
        if merged and isinstance(segment, Template) and isinstance(merged[-1], Template):
            merged[-1] = Template(merged[-1].text + segment.text)
        else:
            merged.append(segment)
    return tuple(merged)
