"""The words by which a catalogue's values are known in a text."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from recexplainer_core.catalogue import Catalogue, normalise_title
from recexplainer_core.rationale.extraction.vocabulary import NAMES, PERSONS, other_forms, singular
from recexplainer_core.rationale.interest import values_of

Pair = tuple[str, str]
"""An attribute and a value of it."""


class ValueIndex:
    """Normalised words -> (attribute, value) pairs.

    Args:
        catalogue: its descriptive attributes count; where it has none, the words of titles do.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._pairs: dict[str, list[Pair]] = {}
        self._last_names: dict[str, list[Pair]] = {}
        for attribute in catalogue.attributes:
            for value in dict.fromkeys(
                value for values in catalogue.attributes[attribute] for value in values
            ):
                self._add(attribute, value)

    def _add(self, attribute: str, value: str) -> None:
        name = normalise_title(value)
        for form in {name, *other_forms(name), *other_forms(singular(name))}:
            self._pairs.setdefault(key(form), []).append((attribute, value))
        words = name.split()
        if attribute.lower() in PERSONS and len(words) > 1:
            self._last_names.setdefault(words[-1], []).append((attribute, value))

    def pairs(self, words: str, capital: bool, scope: Collection[int]) -> tuple[Pair, ...]:
        """Return the pairs that some words of a text stand for, those of the items in question first.

        Args:
            words: as `normalise_title` leaves them.
            capital: whether the first begins with a capital letter.
            scope: the explained item, then the others that the reason may speak of.
        """
        if not self._pairs:
            owned = dict.fromkeys(pair for item in scope for pair in values_of(self._catalogue, item))
            return tuple(pair for pair in owned if key(pair[1]) == key(words) and " " not in words)
        found = [pair for pair in self._pairs.get(key(words), ()) if capital or pair[0].lower() not in NAMES]
        if not found and capital:
            named = self._last_names.get(words, [])
            within = [pair for pair in named if self._owner(pair, scope) < len(scope)]
            found = within if len(within) == 1 else named if len(named) == 1 else []
        return tuple(sorted(found, key=lambda pair: self._owner(pair, scope)))

    def _owner(self, pair: Pair, scope: Collection[int]) -> int:
        """Return the place in the scope of the first item that has a pair, the scope's length where none "
        "has."""
        owners = (
            place for place, item in enumerate(scope) if pair[1] in self._catalogue.values(item, pair[0])
        )
        return next(owners, len(scope))


def key(words: str) -> str:
    """Return the form in which values are compared: the last word in the singular."""
    start, space, last = words.rpartition(" ")
    return f"{start}{space}{singular(last)}"


@lru_cache(maxsize=8)
def value_index(catalogue: Catalogue) -> ValueIndex:
    """Return the index of a catalogue, which is made once."""
    return ValueIndex(catalogue)
