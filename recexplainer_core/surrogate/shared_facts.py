"""What two items have in common, and how a reason remarks on it, in brackets behind a cited title."""

from __future__ import annotations

from collections.abc import Mapping

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.surrogate.patterns import fill, joined
from recexplainer_core.surrogate.segments import Prompt, Template

SHARED: Mapping[str, tuple[str, ...]] = {
    "director": ("also directed by {value}", "also by {value}", "the same director, {value}"),
    "genres": ("{value} as well", "also {value}", "{value} too"),
    "themes": ("on the same theme, {value}", "also about {value}", "about {value} as well"),
    "mood": ("just as {value}", "with the same {value} mood", "equally {value}"),
    "decade": ("also from the {value}", "from the {value} too", "the {value} again"),
    "year": ("also from {value}", "of the same year, {value}"),
    "country": ("the same country, {value}", "{value} again"),
}
"""Patterns of a remark, by attribute."""
SHARED_OTHERWISE = ("the same {name}, {value}", "with the {name} {value} too")


def shared_values(catalogue: Catalogue, item: int, other: int) -> list[tuple[str, str]]:
    """Return the (attribute, value) pairs that the catalogue gives for both items."""
    return [
        (name, value)
        for name in catalogue.attributes
        for value in catalogue.values(item, name)
        if value in catalogue.values(other, name)
    ]


def remarks(name: str, value: str) -> list[Prompt]:
    """Return every way to remark that an attribute's value is shared, the bracket that closes it left out."""
    patterns = SHARED.get(name, SHARED_OTHERWISE)
    return [joined((Template(" ("), *fill(pattern, {"value": value, "name": name}))) for pattern in patterns]
