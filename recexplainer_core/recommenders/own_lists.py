"""Whether a target that was brought in recommends what the original does: its own lists, compared."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from recexplainer_core.errors import DataError
from recexplainer_core.histories import Histories
from recexplainer_core.recommenders.base import Recommender, top_items

_FORM = (
    "Give a CSV file with the columns user and items: on each line a user's id, and the ids of the items that the "
    "original recommends to that user next, best first, separated by spaces."
)


@dataclass(frozen=True)
class OwnList:
    """What the original recommends to a user.

    Args:
        user: index of the user.
        items: best first, none of them in the user's history; -1 where the data do not hold the item.
    """

    user: int
    items: tuple[int, ...]


@dataclass(frozen=True)
class Comparison:
    """How a target's lists and the original's agree.

    Args:
        lists: number that were compared.
        identical: of them that are the same, in the same order.
        same_first: of them that begin with the same item.
        shared: part of the items that both have, the mean over the lists.
        first_difference: index of the first user whose lists differ; None where none do.
    """

    lists: int
    identical: int
    same_first: int
    shared: float
    first_difference: int | None


def read_own_lists(
    path: Path, histories: Histories, item_ids: Sequence[str], most: int = 100
) -> list[OwnList]:
    """Read the original's lists for up to so many users.

    Items that a user already has are left out, since they are never recommended here.

    Raises:
        DataError: the file cannot be read, has other columns, names a user the data do not have, or a list has nothing
            that the user does not have already.
    """
    number, known = {item: index for index, item in enumerate(item_ids)}, set(histories.user_ids)
    lists: list[OwnList] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if not {"user", "items"} <= set(rows.fieldnames or ()):
                raise DataError(path, f"has the columns {rows.fieldnames}.", _FORM, 1)
            for row in rows:
                if row["user"] not in known:
                    raise DataError(
                        path,
                        f"the data have no user {row['user']!r}.",
                        "Give the ids that the data have.",
                        rows.line_num,
                    )
                user = histories.find(row["user"])
                seen = set(histories[user].tolist())
                found = [number.get(item, -1) for item in (row["items"] or "").split()]
                new = tuple(item for item in found if item not in seen)
                if not new:
                    raise DataError(
                        path, "holds no item that the user does not have already.", _FORM, rows.line_num
                    )
                lists.append(OwnList(user, new))
                if len(lists) == most:
                    break
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise DataError(path, f"cannot be read ({fault}).", _FORM) from fault
    if not lists:
        raise DataError(path, "holds no lists.", _FORM)
    return lists


def write_histories(path: Path, histories: Histories, item_ids: Sequence[str], most: int = 100) -> int:
    """Write the histories of up to so many users, spread over all, for the original to be asked with.

    The file has the columns user and items, the ids separated by spaces, oldest first.

    Returns:
        How many there are.

    Raises:
        DataError: the file cannot be written.
    """
    count = min(most, len(histories))
    users = [number * len(histories) // count for number in range(count)]
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(["user", "items"])
            for user in users:
                out.writerow([histories.user_ids[user], " ".join(item_ids[item] for item in histories[user])])
    except OSError as fault:
        raise DataError(path, f"cannot be written ({fault.strerror}).", "Choose another file.") from fault
    return len(users)


def compare_lists(target: Recommender, histories: Histories, lists: Sequence[OwnList]) -> Comparison:
    """Ask the target for lists of the same length, and compare."""
    asked = [[int(item) for item in histories[one.user]] for one in lists]
    longest = max(len(one.items) for one in lists)
    identical = same_first = 0
    shared, different = 0.0, None
    for one, top in zip(lists, top_items(target, asked, longest), strict=True):
        found = tuple(each.item for each in top[: len(one.items)])
        identical += found == one.items
        same_first += found[:1] == one.items[:1]
        shared += len(set(found) & set(one.items)) / len(one.items)
        if found != one.items and different is None:
            different = one.user
    return Comparison(len(lists), identical, same_first, shared / len(lists), different)
