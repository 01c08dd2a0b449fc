"""What the original RecExplainer's preprocessing writes: `datamaps.json`, `metadata.json`, `sequential_data.txt`.

A line of `sequential_data.txt` is a user's number and the numbers of the items in order, separated by spaces; numbers
begin at 1. `datamaps.json` maps them to the ids of the data set and back ("item2id", "user2id"). `metadata.json` has a
JSON record a line, in the order of the items' numbers, with the fields of Amazon's metadata (microsoft/RecAI,
RecExplainer/preprocess/data_preprocess_amazon.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from recexplainer_core.catalogue import PRODUCTS, Catalogue
from recexplainer_core.datasets.amazon import AMAZON
from recexplainer_core.datasets.item_rows import catalogue_of, values_of
from recexplainer_core.datasets.provenance import Provenance
from recexplainer_core.datasets.readers import Dataset, Reader
from recexplainer_core.datasets.record_lines import field, records
from recexplainer_core.datasets.steam import STEAM
from recexplainer_core.datasets.tables import require_folder, text_lines
from recexplainer_core.errors import DataError
from recexplainer_core.files.json_text import read_object
from recexplainer_core.histories import Histories

MAPS, METADATA, SEQUENCES = "datamaps.json", "metadata.json", "sequential_data.txt"
REMEDY = (
    f"recexplainer:DIR needs {MAPS}, {METADATA} and {SEQUENCES}, as the original's preprocessing wrote them."
)


def load_original(folder: Path) -> Dataset:
    """Read the original's folder; item 0 of the catalogue is its number 1, and so on.

    Raises:
        DataError: a missing or faulty file, with the line.
    """
    require_folder(folder, REMEDY)
    maps = read_object(folder / MAPS, REMEDY)
    items, users = (_numbers(folder / MAPS, maps, name) for name in ("item2id", "user2id"))
    said: list[str] = []
    catalogue = _catalogue(folder / METADATA, items, said)
    histories = _histories(folder / SEQUENCES, len(items), users)
    words = catalogue.wording
    provenance = Provenance(
        name=folder.resolve().name,
        description=f"{len(catalogue):,} {words.items} and the histories of {len(histories):,} {words.users}, as the "
        f"original RecExplainer's preprocessing left them{': ' if said else ''}{'; '.join(said)}.",
        source=f"{MAPS}, {METADATA} and {SEQUENCES} in the folder {folder.resolve().name}",
        licence="not stated in the files; that of the data set they were made from",
        notes=tuple(said),
    )
    return catalogue, histories, provenance


def _numbers(path: Path, maps: Mapping[str, Any], name: str) -> list[str]:
    """Return the ids in the order of their numbers, which are 1, 2, 3 and so on."""
    given = maps.get(name)
    if not isinstance(given, dict) or not given:
        raise DataError(path, f"has no map {name!r}.", REMEDY)
    by_number = {str(number): one for one, number in given.items()}
    ids = [by_number.get(str(number)) for number in range(1, len(given) + 1)]
    if None in ids:
        fault = f"{name} has {len(given):,} ids, but none of the number {ids.index(None) + 1}."
        raise DataError(path, fault, REMEDY)
    return [one for one in ids if one is not None]


def _catalogue(path: Path, item_ids: list[str], said: list[str]) -> Catalogue:
    numbers = {item_id: number for number, item_id in enumerate(item_ids)}
    titles = [""] * len(item_ids)
    fields = {**STEAM.attributes, **AMAZON.attributes}
    attributes: dict[str, list[tuple[str, ...]]] = {name: [()] * len(item_ids) for name in fields}
    games = False
    for line, record in records(path, REMEDY):
        item_id = field(record, (*AMAZON.item_id, *STEAM.item_id))
        number = numbers.get(str(item_id))
        if number is None:
            raise DataError(path, f"item {item_id!r} is not in {MAPS}.", REMEDY, line)
        title = field(record, (*AMAZON.title, *STEAM.title))
        games = games or "app_name" in record
        titles[number] = title if isinstance(title, str) else ""
        for name, names in fields.items():
            value = field(record, names)
            attributes[name][number] = () if isinstance(value, dict) else values_of(value)
    if untitled := sum(not title.strip() for title in titles):
        said.append(f"{untitled:,} items have no title")
    if untitled == len(titles):
        raise DataError(path, "no item has a title.", REMEDY)
    return catalogue_of(item_ids, titles, attributes, STEAM.wording if games else PRODUCTS, said)


def _histories(path: Path, n_items: int, users: list[str]) -> Histories:
    histories: dict[str, list[int]] = {}
    for line, text in text_lines(path, REMEDY):
        if not text.strip():
            continue
        try:
            user, *items = (int(one) for one in text.split())
        except ValueError:
            raise DataError(
                path, f"should hold whole numbers: {text.strip()[:60]!r}.", REMEDY, line
            ) from None
        if not 1 <= user <= len(users):
            raise DataError(path, f"user {user} is not in {MAPS}.", REMEDY, line)
        if outside := [item for item in items if not 1 <= item <= n_items]:
            raise DataError(path, f"item {outside[0]} is not in {MAPS}.", REMEDY, line)
        if users[user - 1] in histories:
            raise DataError(path, f"user {user} has a line already.", REMEDY, line)
        histories[users[user - 1]] = [item - 1 for item in items]
    if not histories:
        raise DataError(path, "the file is empty.", REMEDY)
    return Histories.from_lists(list(histories.values()), list(histories))


READER = Reader(("recexplainer:DIR",), lambda folder, _: load_original(Path(folder).expanduser()))
