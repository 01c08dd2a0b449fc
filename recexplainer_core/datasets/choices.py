"""From rows of who chose what to histories, the same way for every table: liked, in order, once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.datasets.ids import without_zeros
from recexplainer_core.errors import DataError
from recexplainer_core.histories import Histories

LIKED = 0.8
"""Part of the largest rating from which on something counts as chosen, where ratings are given."""
_MOST_UNKNOWN = 0.5


def liked(
    path: Path, ratings: pd.Series, column: str, said: list[str], lines: pd.Series | None = None
) -> pd.Series:
    """Return which rows [n] count as a choice: those rated with four fifths of the largest rating or more.

    Args:
        path: the file they are from.
        ratings: [n], numbers or texts of numbers.
        column: what the file calls them.
        said: what is left out is added here.
        lines: [n], the line of each; one after the other from the second line on unless given.

    Raises:
        DataError: a rating is no number, with its line.
    """
    numbers = pd.to_numeric(ratings, errors="coerce")
    wrong = np.flatnonzero(numbers.isna())
    if len(wrong):
        row = int(wrong[0])
        line = int(lines.iloc[row]) if lines is not None else row + 2
        raise DataError(path, f"{ratings.iloc[row]!r} in {column} is no number.", "Give numbers.", line)
    least = LIKED * float(numbers.max()) if len(numbers) else 0.0
    kept = numbers >= least
    if not kept.all():
        said.append(f"{int((~kept).sum()):,} with a rating below {least:g} left out")
    return kept


def in_order(choices: pd.DataFrame, said: list[str]) -> pd.DataFrame:
    """Return choices by time, each item of a user once, at its first time.

    Args:
        choices: columns user, item and time; what has the same time stays in order.
        said: how many were repeated is added here.
    """
    choices = choices.sort_values("time", kind="stable")
    once = ~choices.duplicated(["user", "item"])
    if not once.all():
        said.append(f"{int((~once).sum()):,} repeated choices counted once")
        choices = choices[once]
    return choices


def histories_of(path: Path, choices: pd.DataFrame, catalogue: Catalogue, said: list[str]) -> Histories:
    """Return everybody's histories from choices in order.

    Args:
        path: the file they are from.
        choices: columns user and item, both ids.
        catalogue: the items; choices of others are left out.
        said: how many that were is added here.

    Raises:
        DataError: most choices are of unknown items.
    """
    numbers = choices["item"].map(catalogue.by_id)
    unknown = numbers.isna()
    if unknown.mean() > _MOST_UNKNOWN:
        whole = pd.Series(without_zeros(list(choices["item"])), choices.index).map(catalogue.by_id)
        if whole.isna().mean() <= _MOST_UNKNOWN:
            said.append("item ids written as floats (8.0) read as whole numbers")
            numbers, unknown = whole, whole.isna()
    if unknown.mean() > _MOST_UNKNOWN:
        first = choices["item"][unknown].iloc[0]
        raise DataError(
            path,
            f"{int(unknown.sum()):,} of {len(choices):,} choices are of items without a row, {first!r} among them.",
            f"The ids have to be those of the items, such as {catalogue.item_ids[0]!r}.",
        )
    if unknown.any():
        said.append(f"{int(unknown.sum()):,} choices of items without a row left out")
    choices = choices.assign(item=numbers)[~unknown]
    numbered, names = pd.factorize(choices["user"])
    order = np.argsort(numbered, kind="stable")  # everybody's choices together, still in order of time
    offsets = np.concatenate([[0], np.cumsum(np.bincount(numbered, minlength=len(names)))]).astype(np.int64)
    items = choices["item"].to_numpy(dtype=np.int32)[order]
    return Histories([str(name) for name in names], offsets, items)
