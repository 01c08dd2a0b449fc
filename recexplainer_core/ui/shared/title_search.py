"""Finding an item by its title in a catalogue of any size, on the server."""

from __future__ import annotations

import heapq
from collections.abc import Collection

from recexplainer_core.catalogue import Catalogue, normalise_title


def search_titles(catalogue: Catalogue, text: str, without: Collection[int] = (), most: int = 8) -> list[int]:
    """Return the items whose title contains the text, or whose id it is, accents, case and punctuation apart.

    Titles that equal it come first, then those that begin with it, then those in which a word does, then others;
    shorter ones before longer ones.

    Args:
        catalogue: the items.
        text: what is looked for; nothing is found for an empty one.
        without: items not to be found.
        most: length of the answer.
    """
    wanted = normalise_title(text)
    if not wanted:
        return []
    left_out = frozenset(without)
    found = [
        (_rank(title, wanted), len(title), title, item)
        for title, item in catalogue.by_title.items()
        if wanted in title and item not in left_out
    ]
    best = [item for *_, item in heapq.nsmallest(most, found)]
    exact = catalogue.by_id.get(text.strip())
    if exact is not None and exact not in left_out:
        best = [exact, *(item for item in best if item != exact)][:most]
    return best


def _rank(title: str, wanted: str) -> int:
    if title == wanted:
        return 0
    if title.startswith(wanted):
        return 1
    return 2 if f" {wanted}" in title else 3
