"""How a reason remarks, in brackets behind a cited title, on what that item shares with the explained one."""

from __future__ import annotations

from collections.abc import Mapping

from recexplainer_core.lm.segments import Prompt, Template
from recexplainer_core.prompting.patterns import fill, joined

SHARED: Mapping[str, tuple[str, ...]] = {
    "director": ("also directed by {value}", "also by {value}", "the same director, {value}"),
    "genres": ("{value} as well", "also {value}", "{value} too"),
    "themes": ("on the same theme, {value}", "also about {value}", "about {value} as well"),
    "mood": ("just as {value}", "with the same {value} mood", "equally {value}"),
    "decade": ("also from the {value}", "from the {value} too", "the {value} again"),
    "year": ("also from {value}", "of the same year, {value}"),
    "country": ("the same country, {value}", "{value} again"),
}
"""Patterns of a remark, by attribute. They fit films: an attribute of other things that has one of these names, such as
"director" or "mood", gets the film's words; all others take `SHARED_OTHERWISE`."""
SHARED_OTHERWISE = ("the same {name}, {value}", "with the {name} {value} too")


def remarks(name: str, value: str) -> list[Prompt]:
    """Return every way to remark that an attribute's value is shared, the bracket that closes it left out."""
    patterns = SHARED.get(name, SHARED_OTHERWISE)
    return [joined((Template(" ("), *fill(pattern, {"value": value, "name": name}))) for pattern in patterns]
