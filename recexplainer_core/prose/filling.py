"""From a frame to a sentence: one of its alternatives is chosen at each place, and its slots are filled."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")


def expanded(frame: str, rng: random.Random) -> str:
    """Return a frame with one alternative chosen in each pair of brackets; slots are left as they are."""
    chosen = _CHOICE.sub(lambda found: rng.choice(found[1].split("|")), frame)
    return re.sub(r" +(?=[,.;:])", "", re.sub(r" {2,}", " ", chosen)).strip()


def with_slots(pattern: str, values: Mapping[str, str]) -> str:
    """Return an expanded frame with its slots filled; what is filled in is never read.

    Raises:
        KeyError: nothing is given for a slot.
    """
    return _SLOT.sub(lambda found: values[found[1]], pattern)


def capitalised(text: str) -> str:
    """Return a text that begins with a capital letter."""
    return text[:1].upper() + text[1:]


def listed(parts: Sequence[str]) -> str:
    """Return "a", "a and b" or "a, b and c"."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
