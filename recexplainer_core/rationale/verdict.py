"""The language model's own verdict on an item, by which it is asked for a reason: why, or why not.

The reason is put to it as a question that takes the verdict for granted, so what it says of an item's place agrees
with what it predicts itself; nothing of the target's answer is handed over.
"""

from __future__ import annotations

from collections.abc import Sequence

from recexplainer_core.histories import History
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.surrogate.base import Surrogate

FIRST, LISTED = 3, 10
"""Ranks up to which an item counts as a first choice, and as recommended."""
POSSIBLE = 0.35
"""Share of the catalogue up to whose rank an item counts as possible: where interest is as likely as not."""
RECOMMENDED = ("first", "listed")
"""Verdicts of items of which is said what becomes of them without their reasons."""
UNLIKELY = "unlikely"
"""The verdict of which a model may say that nothing speaks for the item.

Of an item that it ranks high something does: of the demo's training questions, attribution finds nothing for 2% of the
first choices and 8% of the other recommended items. A model taught with much weight on what to cite said it of 57%, and
then cited the strongest reason as one against the item.
"""


def verdict_of(rank: int, n_items: int) -> str:
    """Name an item's place in an order."""
    if rank <= FIRST:
        return "first"
    if rank <= LISTED:
        return "listed"
    return "possible" if rank <= POSSIBLE * n_items else "unlikely"


def own_verdicts(
    surrogate: Surrogate,
    histories: Sequence[History],
    items: Sequence[int],
    modes: Sequence[AlignmentMode],
    listed: Sequence[Sequence[int]] | None = None,
) -> list[str]:
    """Return "first", "listed", "possible" or "unlikely" for an item and each history, as the model predicts.

    Args:
        surrogate: is asked.
        histories: n histories.
        items: n items.
        modes: n modes.
        listed: n, the surrogate's own lists, best first, where these are known already.
    """
    if listed is None:
        listed = [[p.item for p in row] for row in surrogate.predict(histories, modes, LISTED)]
    found = [verdict_in(ranked, item) for ranked, item in zip(listed, items, strict=True)]
    unlisted = [row for row, verdict in enumerate(found) if verdict is None]
    for mode in dict.fromkeys(modes[row] for row in unlisted):
        rows = [row for row in unlisted if modes[row] is mode]
        chances = surrogate.chances_of_interest(
            [histories[row] for row in rows], [items[row] for row in rows], [mode] * len(rows)
        )
        for row, chance in zip(rows, chances, strict=True):
            found[row] = "possible" if chance >= 0.5 else UNLIKELY
    return [str(verdict) for verdict in found]


def verdict_in(ranked: Sequence[int], item: int) -> str | None:
    """Return "first" or "listed" where an item stands in a list, None where it does not."""
    if item not in ranked[:LISTED]:
        return None
    return "first" if ranked.index(item) < FIRST else "listed"


def own_order(surrogate: Surrogate, history: History, item: int, other: int, mode: AlignmentMode) -> str:
    """Return whether an item comes "before" or "after" another one, as the model predicts.

    Its list decides where it holds at least one of them; else which of them it would sooner say is recommended.

    Args:
        surrogate: is asked.
        history: the user's.
        item: the item that is asked about.
        other: the item it is compared with.
        mode: the mode that is asked.
    """
    [ranked] = surrogate.predict([history], [mode], LISTED)
    listed = [prediction.item for prediction in ranked]
    places = [listed.index(each) if each in listed else LISTED for each in (item, other)]
    if places[0] != places[1]:
        return "before" if places[0] < places[1] else "after"
    chance, chance_of_other = surrogate.chances_of_interest([history] * 2, [item, other], [mode] * 2)
    return "before" if chance >= chance_of_other else "after"
