"""How two ranked lists of the same recommender differ: what went up, down, came and left, with the ranks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["up", "down", "same", "new", "gone", "entered"]


@dataclass(frozen=True)
class Move:
    """One item of either list.

    Args:
        item: the item.
        kind: "new" and "gone" for what is only in one of the lists, "entered" for what left because it is now in
            the history itself.
        before, after: its ranks, 1 is best; None where they are not known.
    """

    item: int
    kind: Kind
    before: int | None
    after: int | None


def moves(
    listed: Sequence[int],
    listed_after: Sequence[int],
    entered: Collection[int] = (),
    ranks: Mapping[int, int] | None = None,
    ranks_after: Mapping[int, int] | None = None,
) -> list[Move]:
    """Return a move for every item of either list: first those of the later list, in its order, then those that left.

    Args:
        listed: items before, best first.
        listed_after: items after, best first.
        entered: items that joined the history, and so cannot be recommended.
        ranks, ranks_after: ranks beyond the ends of the lists, where they are known.
    """
    was = {**(ranks or {}), **{item: rank for rank, item in enumerate(listed, 1)}}
    now = {**(ranks_after or {}), **{item: rank for rank, item in enumerate(listed_after, 1)}}
    found = []
    for item in dict.fromkeys([*listed_after, *listed]):
        before, after = was.get(item), now.get(item)
        kind: Kind
        if item not in listed:
            kind = "new"
        elif item in entered:
            kind, after = "entered", None
        elif item not in listed_after:
            kind = "gone"
        elif before is not None and after is not None and before != after:
            kind = "up" if after < before else "down"
        else:
            kind = "same"
        found.append(Move(item, kind, before, after))
    return found


def in_words(move: Move) -> str:
    """Return a move in words: "up from no. 5", "new, was no. 34", "gone, now no. 21"."""
    was = f"was no. {move.before:,}" if move.before is not None else "was not in its list"
    match move.kind:
        case "up" | "down":
            return f"{move.kind} from no. {move.before:,}"
        case "same":
            return "same place"
        case "new":
            return f"new, {was}"
        case "entered":
            return "gone, for it is in the history now"
        case "gone":
            return "gone" + (f", now no. {move.after:,}" if move.after is not None else "")
