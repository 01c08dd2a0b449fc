"""A history while it is edited: nothing is asked of either model until it is applied.

The operations work on places, not on items, for a history may hold an item twice.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import streamlit as st

_DRAFT = "draft"

Items = tuple[int, ...]


@dataclass
class Draft:
    """Items in their order, oldest first, and what they were drafted from."""

    of: tuple[object, ...]
    items: Items


def draft_of(of: tuple[object, ...], applied: Sequence[int]) -> Draft:
    """Return this session's draft; where it was begun from something else, a new one that equals what is applied."""
    kept: Draft | None = st.session_state.get(_DRAFT)
    if kept is None or kept.of != of:
        kept = Draft(of, tuple(applied))
        st.session_state[_DRAFT] = kept
    return kept


def taken_out(items: Items, places: Collection[int]) -> Items:
    """Return the items without those at some places."""
    return tuple(item for place, item in enumerate(items) if place not in set(places))


def shifted(items: Items, places: Collection[int], by: int) -> tuple[Items, list[int]]:
    """Move the items at some places one step, towards newer for `by` = 1 and older for -1.

    Returns the new order and where the moved items stand; those at the edge, and those behind them, stay.
    """
    order, moved = list(items), []
    taken: set[int] = set()
    for place in sorted(set(places), reverse=by > 0):
        goal = place + by
        if 0 <= goal < len(order) and goal not in taken:
            order[place], order[goal] = order[goal], order[place]
        else:
            goal = place
        taken.add(goal)
        moved.append(goal)
    return tuple(order), sorted(moved)


def put_back(items: Items, original: Sequence[int], item: int) -> Items:
    """Return the items with one of the original history again behind the nearest of its former predecessors."""
    before = list(original)[: list(original).index(item)]
    for former in reversed(before):
        if former in items:
            place = len(items) - 1 - items[::-1].index(former)
            return (*items[: place + 1], item, *items[place + 1 :])
    return (item, *items)
