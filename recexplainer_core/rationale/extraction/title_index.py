"""The names under which a catalogue's items are known: with or without year, article and subtitle."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from recexplainer_core.catalogue import Catalogue, normalise_title
from recexplainer_core.datasets.titles import ARTICLE, film_title

FULL, BARE, SHORT = range(3)
"""How a name was made: a whole title; a title without its article; what stands before a colon."""


class TitleIndex:
    """Normalised names -> items.

    Args:
        catalogue: the items.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._items: dict[str, dict[int, list[int]]] = {}
        self.most_words = 1
        for item, title in enumerate(catalogue.titles):
            for name, made in _names(title).items():
                self._items.setdefault(name, {}).setdefault(made, []).append(item)
                self.most_words = max(self.most_words, name.count(" ") + 1)

    def resolve(self, name: str, scope: Collection[int]) -> int | None:
        """Return the item of a normalised name, None where there is none or several may be meant.

        Args:
            name: as `normalise_title` leaves it.
            scope: the items that a reason is about; only they are called by what stands before a colon.
        """
        for made in sorted(self._items.get(name, ())):
            items = self._items[name][made]
            within = [item for item in items if item in scope]
            if len(within) == 1:
                return within[0]
            if len(items) == 1 and made != SHORT:
                return items[0]
            if made != SHORT:
                return None
        return None


@lru_cache(maxsize=8)
def title_index(catalogue: Catalogue) -> TitleIndex:
    """Return the index of a catalogue, which is made once."""
    return TitleIndex(catalogue)


def _names(title: str) -> dict[str, int]:
    whole, year = film_title(title)
    names = {normalise_title(title): FULL, normalise_title(whole): FULL}
    if year is not None:
        names[normalise_title(f"{whole} {year}")] = FULL
    if "&" in whole:
        names.setdefault(normalise_title(whole.replace("&", "and")), FULL)
    article, _, rest = whole.partition(" ")
    if rest and ARTICLE.fullmatch(article):
        names.setdefault(normalise_title(rest), BARE)
    start, colon, _ = whole.partition(":")
    if colon and len(start) > 2:
        names.setdefault(normalise_title(start), SHORT)
        article, _, rest = start.partition(" ")
        if rest and ARTICLE.fullmatch(article):
            names.setdefault(normalise_title(rest), SHORT)
    return names
