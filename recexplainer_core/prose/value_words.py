"""How a value of an attribute is spoken of: as something that is liked, and as what an item is like."""

from __future__ import annotations

import random
from collections.abc import Mapping

from recexplainer_core.prose import phrases
from recexplainer_core.prose.filling import with_slots
from recexplainer_core.rationale.interest import TITLE


def taste(attribute: str, value: str, items_word: str, rng: random.Random) -> str:
    """Return a noun phrase for what is liked: "films about solitude"."""
    return _worded(
        phrases.TASTES, phrases.WORDS_TASTES, phrases.TASTES_OTHERWISE, attribute, value, items_word, rng
    )


def kind(attribute: str, value: str, items_word: str, rng: random.Random) -> str:
    """Return a predicate that says that something has the value: "is about solitude"."""
    return _worded(
        phrases.KINDS, phrases.WORDS_KINDS, phrases.KINDS_OTHERWISE, attribute, value, items_word, rng
    )


def _worded(
    known: Mapping[str, tuple[str, ...]],
    of_titles: tuple[str, ...],
    otherwise: tuple[str, ...],
    attribute: str,
    value: str,
    items_word: str,
    rng: random.Random,
) -> str:
    patterns = of_titles if attribute == TITLE else known.get(attribute.lower(), otherwise)
    return with_slots(rng.choice(patterns), {"value": value, "name": attribute, "items_word": items_word})
