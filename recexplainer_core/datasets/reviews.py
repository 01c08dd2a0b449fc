"""Dumps of reviews beside dumps of what is reviewed: what those of Amazon and Steam have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from recexplainer_core.catalogue import Wording
from recexplainer_core.datasets.choices import histories_of, in_order, liked
from recexplainer_core.datasets.item_rows import catalogue_of, values_of
from recexplainer_core.datasets.provenance import Provenance
from recexplainer_core.datasets.readers import Dataset
from recexplainer_core.datasets.record_lines import field, find_files, records
from recexplainer_core.datasets.tables import require_folder
from recexplainer_core.datasets.times import seconds
from recexplainer_core.errors import DataError

LARGE = 100_000
"""Choices from which on a dump is cut to its core: most of its users chose once or twice."""
LEAST_CHOICES = 5
"""Users and items with fewer are no part of the core, the 5-core that the literature measures on."""


@dataclass(frozen=True)
class Dump:
    """The fields of a dump; of several names the first that a record has counts.

    Args:
        user: who wrote a review.
        item: what it is about.
        time: when.
        rating: how good it was; none where a review says only that it was chosen.
        item_id: an item in the dump of items.
        title: what it is called.
        attributes: name in the catalogue -> names of the fields with its values.
        wording: what things are called.
        source: where such dumps come from.
        licence: on which terms.
        remedy: what the folder has to hold.
    """

    user: Sequence[str]
    item: Sequence[str]
    time: Sequence[str]
    rating: Sequence[str]
    item_id: Sequence[str]
    title: Sequence[str]
    attributes: Mapping[str, Sequence[str]]
    wording: Wording
    source: str
    licence: str
    remedy: str


def load_reviews(folder: Path, dump: Dump) -> Dataset:
    """Read the reviews and the items of a folder.

    Only reviewed items that have a title are kept, and a user's review of an item counts once. Of a large dump, users
    and items with fewer than `LEAST_CHOICES` choices are left out, over and over until none is.

    Raises:
        DataError: files are missing or faulty, with the line, or nothing is left.
    """
    require_folder(folder, dump.remedy)
    review_files = find_files(folder, (dump.user, dump.item), dump.remedy)
    item_files = [
        path
        for path in find_files(folder, (dump.item_id, dump.title), dump.remedy)
        if path not in review_files
    ]
    for files, what in ((review_files, "reviews"), (item_files, "items")):
        if not files:
            raise DataError(folder, f"no file of {what} is there.", dump.remedy)
    said: list[str] = []
    reviews = pd.concat([_reviews(path, dump, said) for path in review_files], ignore_index=True)
    found = {str(one) for one in reviews["item"]}
    items = _items(item_files, dump, found, said)
    without = ~reviews["item"].isin(items.keys())
    if without.any():
        said.append(f"{int(without.sum()):,} reviews of items without a title left out")
    choices = in_order(reviews[~without], said)
    if len(choices) > LARGE:
        choices = _core(choices, said)
    if not len(choices):
        raise DataError(
            folder,
            f"nothing is left of {len(reviews):,} reviews: {'; '.join(said)}.",
            "Give reviews and items of the same kind, as whole files.",
        )
    kept = [item for item in items if item in set(choices["item"])]
    attributes = {name: [items[item][1][name] for item in kept] for name in dump.attributes}
    catalogue = catalogue_of(kept, [items[item][0] for item in kept], attributes, dump.wording, said)
    histories = histories_of(folder, choices, catalogue, said)
    read = (
        f"{len(reviews):,} reviews and {len(items):,} titles from {len(review_files) + len(item_files)} files"
    )
    provenance = Provenance(
        name=folder.resolve().name,
        description=f"{len(catalogue):,} {dump.wording.items} and the histories of {len(histories):,} "
        f"{dump.wording.users}: {'; '.join([read, *said])}.",
        source=dump.source,
        licence=dump.licence,
        notes=tuple(said),
    )
    return catalogue, histories, provenance


def _reviews(path: Path, dump: Dump, said: list[str]) -> pd.DataFrame:
    users, items, times, ratings, lines, incomplete = [], [], [], [], [], 0
    for line, record in records(path, dump.remedy):
        user, item, time = (field(record, names) for names in (dump.user, dump.item, dump.time))
        rating = field(record, dump.rating)
        if user is None or item is None or time is None or (dump.rating and rating is None):
            incomplete += 1
            continue
        users.append(str(user))
        items.append(str(item))
        times.append(time)
        ratings.append(rating)
        lines.append(line)
    if not users:
        raise DataError(path, "no review tells who chose what and when.", dump.remedy)
    if incomplete:
        said.append(f"{incomplete:,} incomplete reviews left out")
    frame = pd.DataFrame({"user": users, "item": items, "time": seconds(path, times, dump.time[0], lines)})
    if dump.rating:
        frame = frame[liked(path, pd.Series(ratings), dump.rating[0], said, pd.Series(lines))]
    return frame


def _items(
    paths: Sequence[Path], dump: Dump, reviewed: set[str], said: list[str]
) -> dict[str, tuple[str, dict[str, tuple[str, ...]]]]:
    """Return item id -> title and attributes of what is reviewed; the first record of an id counts."""
    items: dict[str, tuple[str, dict[str, tuple[str, ...]]]] = {}
    repeated = 0
    for path in paths:
        for _, record in records(path, dump.remedy):
            item_id, title = field(record, dump.item_id), field(record, dump.title)
            if (
                item_id is None
                or str(item_id) not in reviewed
                or not isinstance(title, str)
                or not title.strip()
            ):
                continue
            if str(item_id) in items:
                repeated += 1
                continue
            values = {name: _values(field(record, names)) for name, names in dump.attributes.items()}
            items[str(item_id)] = (title, values)
    if repeated:
        said.append(f"{repeated:,} further records of items left out, whose ids came before")
    return items


def _values(value: Any) -> tuple[str, ...]:
    """Return the values of a field; of lists within a list, such as paths of categories, each value once."""
    return () if isinstance(value, dict) else values_of(value)


def _core(choices: pd.DataFrame, said: list[str]) -> pd.DataFrame:
    before = len(choices)
    while len(choices):
        enough = choices["user"].map(choices["user"].value_counts()) >= LEAST_CHOICES
        enough &= choices["item"].map(choices["item"].value_counts()) >= LEAST_CHOICES
        if enough.all():
            break
        choices = choices[enough]
    if len(choices) < before:
        said.append(
            f"{before - len(choices):,} choices left out of users and items with fewer than {LEAST_CHOICES}"
        )
    return choices
