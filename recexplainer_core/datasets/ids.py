"""Ids as they are written, and the same ids after a table has turned them into floats ("8.0")."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_FLOAT = re.compile(r"-?\d+\.0+")


def without_zeros(ids: Sequence[str]) -> list[str]:
    """Return the ids without their ".0" where every one of them ends so: a column of numbers was written as floats."""
    if ids and all(_FLOAT.fullmatch(one) for one in ids):
        return [one.partition(".")[0] for one in ids]
    return list(ids)


class KnownIds:
    """Ids of a catalogue, found as they are written or, failing that, as the whole number that a float stands for.

    Args:
        by_id: id -> item.
    """

    def __init__(self, by_id: Mapping[str, int]) -> None:
        self.by_id, self.floats = by_id, 0

    def find(self, item_id: str) -> int | None:
        """Return the item, None where nothing has this id; count those that were written as floats."""
        item = self.by_id.get(item_id)
        if item is None and _FLOAT.fullmatch(item_id):
            item = self.by_id.get(item_id.partition(".")[0])
            self.floats += item is not None
        return item

    def say(self, said: list[str]) -> None:
        """Add to what is said of the data how many ids were floats."""
        if self.floats:
            said.append(f"{self.floats:,} item ids written as floats (8.0) read as whole numbers")
