"""Which row of a table made elsewhere belongs to each item of the data."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from recexplainer_core.errors import ModelError


def rows_of_items(path: Path, known: Sequence[str], item_ids: Sequence[str]) -> list[int]:
    """Return the position in `known` of each item of the catalogue.

    Args:
        path: where the ids come from, for the message.
        known: ids as the recommender has them.
        item_ids: of the catalogue.

    Raises:
        ModelError: the recommender does not know an item.
    """
    row_of = {one: row for row, one in enumerate(known)}
    missing = [one for one in item_ids if one not in row_of]
    if missing:
        begins = f" (the file begins with {known[0]!r})" if known else ""
        raise ModelError(
            f"{path}: {len(missing):,} of the {len(item_ids):,} items of the data have no vector, {missing[0]!r} among "
            f"them{begins}. The ids have to be those of the data; leave items out of the data that the recommender "
            "does not know."
        )
    return [row_of[one] for one in item_ids]
