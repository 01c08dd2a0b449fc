"""The language model's own verdict on an item, by which it is asked for a reason: why, or why not.

The reason is put to it as a question that takes the verdict for granted, so what it says of an item's place agrees
with what it predicts itself; nothing of the target's answer is handed over.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from recexplainer_core.rationale.plan import FIRST, LISTED
from recexplainer_core.surrogate.engine import Engine
from recexplainer_core.surrogate.interview import Interview
from recexplainer_core.surrogate.modes import AlignmentMode


def own_verdicts(
    engine: Engine,
    histories: Sequence[Sequence[int]],
    items: Sequence[int],
    mode: AlignmentMode,
    seen: Sequence[Collection[int]] | None = None,
) -> list[str]:
    """Return "first", "listed", "possible" or "unlikely" for an item and each history, as the model predicts.

    Args:
        engine: owner of the model.
        histories: n histories.
        items: n items.
        mode: the mode that is asked.
        seen: what is left out of the model's lists; the histories unless given.
    """
    lists = engine.predict(histories, [mode] * len(items), LISTED, seen)
    placed = [verdict_in([p.item for p in ranked], item) for ranked, item in zip(lists, items, strict=True)]
    open_rows = [row for row, verdict in enumerate(placed) if verdict is None]
    if not open_rows:
        return [verdict for verdict in placed if verdict is not None]
    chances = Interview(engine, mode).chance_of_yes(
        [histories[row] for row in open_rows], [items[row] for row in open_rows]
    )
    beyond = dict(
        zip(open_rows, ("possible" if chance >= 0.5 else "unlikely" for chance in chances), strict=True)
    )
    return [verdict or beyond[row] for row, verdict in enumerate(placed)]


def verdict_in(ranked: Sequence[int], item: int) -> str | None:
    """Return "first" or "listed" where an item stands in a list, None where it does not."""
    if item not in ranked[:LISTED]:
        return None
    return "first" if ranked.index(item) < FIRST else "listed"


def own_order(
    engine: Engine,
    history: Sequence[int],
    item: int,
    other: int,
    mode: AlignmentMode,
    seen: Collection[int] | None = None,
) -> str:
    """Return whether an item comes "before" or "after" another one, as the model predicts.

    Its list decides where it holds at least one of them; else which of them it would sooner say is recommended.

    Args:
        engine: owner of the model.
        history: the user's items, oldest first.
        item: the item that is asked about.
        other: the item it is compared with.
        mode: the mode that is asked.
        seen: what is left out of the model's list; the history unless given.
    """
    [ranked] = engine.predict([history], [mode], LISTED, None if seen is None else [seen])
    listed = [prediction.item for prediction in ranked]
    places = [listed.index(each) if each in listed else LISTED for each in (item, other)]
    if places[0] != places[1]:
        return "before" if places[0] < places[1] else "after"
    chance, rival = Interview(engine, mode).chance_of_yes([history] * 2, [item, other])
    return "before" if chance >= rival else "after"
