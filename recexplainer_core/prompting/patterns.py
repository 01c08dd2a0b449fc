"""Patterns: our own text with named places, which data fill; what comes out are typed segments."""

from __future__ import annotations

import re
from collections.abc import Mapping

from recexplainer_core.lm.segments import Content, Prompt, Segment, Template

_PLACE = re.compile(r"\{(\w+)\}")


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


def blank(pattern: str) -> str:
    """Return the pattern's own text, its places left out."""
    return _PLACE.sub("", pattern)
