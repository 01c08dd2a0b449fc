"""The plain format for one's own data: `titles.tsv` and `sequences.txt`, optionally `wording.json`.

`titles.tsv` has a header with `item_id` and `title`; every further column is an attribute, `|` separates its
values. A line of `sequences.txt` is a user, then the items in order, all separated by spaces. `wording.json`
says what things are called: {"item": "book", "items": "books", "user": "reader", "users": "readers",
"consumed": "read"}; words left out keep the neutral ones ("item", "user", "used").
"""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

from recexplainer_core.catalogue import Catalogue, Wording, distinguish_titles
from recexplainer_core.datasets.ids import KnownIds, without_zeros
from recexplainer_core.datasets.provenance import Provenance
from recexplainer_core.datasets.readers import Dataset, Reader
from recexplainer_core.datasets.tables import read_table, require_folder, split_values, text_lines
from recexplainer_core.datasets.titles import first_left_out, item_title, readable, shorten
from recexplainer_core.datasets.typed_columns import split_name, spread
from recexplainer_core.datasets.values import cut_values
from recexplainer_core.errors import DataError
from recexplainer_core.histories import Histories

REMEDY = (
    "sequences:DIR needs DIR/titles.tsv (columns item_id and title, separated by tabs) and DIR/sequences.txt "
    "(on each line a user and the items in order, separated by spaces)."
)
MOST_UNTITLED = 0.05
LONGEST_HINT = 30
SEPARATORS = {",": "commas", ";": "semicolons", "|": "bars", "::": "colons"}
"""What lines of other formats are separated by."""


def load_sequences(folder: Path) -> Dataset:
    """Read a folder with titles.tsv and sequences.txt.

    Raises:
        DataError: a missing or faulty file, with the line.
    """
    require_folder(folder, REMEDY)
    said: list[str] = []
    catalogue = _read_titles(folder / "titles.tsv", _read_wording(folder / "wording.json"), said)
    histories = _read_sequences(folder / "sequences.txt", catalogue, said)
    provenance = Provenance(
        name=folder.resolve().name,
        description=f"{len(catalogue)} {catalogue.wording.items} and the histories of {len(histories)} "
        f"{catalogue.wording.users}, from titles.tsv and sequences.txt{': ' if said else ''}{'; '.join(said)}.",
        source=f"the folder {folder.resolve().name}",
        licence="not stated in the files; ask whoever they came from",
        notes=tuple(said),
    )
    return catalogue, histories, provenance


def _read_wording(path: Path) -> Wording:
    if not path.exists():
        return Wording()
    words = [f.name for f in fields(Wording)]
    remedy = f"Give some of {', '.join(words)}, each a word in quotation marks."
    try:
        given = json.loads("".join(line for _, line in text_lines(path, remedy)))
    except ValueError as fault:
        raise DataError(path, f"is not JSON ({fault}).", remedy) from fault
    if not isinstance(given, dict) or not all(isinstance(v, str) and v.strip() for v in given.values()):
        raise DataError(path, "should map names to words.", remedy)
    if unknown := given.keys() - set(words):
        raise DataError(path, f"has an unknown name {min(unknown)!r}.", remedy)
    return Wording(**{name: readable(word) for name, word in given.items()})


def _read_titles(path: Path, wording: Wording, said: list[str]) -> Catalogue:
    ids: dict[str, int] = {}
    titles: list[str] = []
    attributes: dict[str, list[tuple[str, ...]]] = {}
    untitled: list[int] = []
    hints: list[list[str]] = []
    for line, row in read_table(path, ("item_id", "title"), REMEDY, tabs=True):
        item_id = row.pop("item_id").strip()
        title = item_title(row.pop("title"))
        if not item_id or len(item_id.split()) > 1:
            raise DataError(
                path, f"the item id {item_id!r} is empty or has a space.", "Ids are single words.", line
            )
        if item_id in ids:
            raise DataError(
                path,
                f"item id {item_id!r} was given in line {ids[item_id]} already.",
                "Remove one of the two.",
                line,
            )
        if not title:
            untitled.append(line)
        ids[item_id] = line
        short = shorten(title) or f"Untitled {wording.item} {item_id}"
        titles.append(short)
        marks = [first_left_out(title, short)]
        for column, cell in row.items():
            name, kind = split_name(column)
            values = split_values(spread(cell, kind))
            attributes.setdefault(name, []).append(values)
            marks.append(values[0] if len(values) == 1 and len(values[0]) <= LONGEST_HINT else "")
        hints.append([*marks, item_id])
    # Scraped catalogues lack a title here and there; a file that mostly does is the wrong file.
    if len(untitled) > MOST_UNTITLED * len(ids):
        raise DataError(
            path, f"{len(untitled)} of {len(ids)} titles are empty, this is the first.", REMEDY, untitled[0]
        )
    item_ids = without_zeros(list(ids))
    return Catalogue(item_ids, distinguish_titles(titles, hints), cut_values(attributes, said), wording)


def _read_sequences(path: Path, catalogue: Catalogue, said: list[str]) -> Histories:
    known = KnownIds(catalogue.by_id)
    lines: dict[str, int] = {}
    histories: list[list[int]] = []
    for line, text in text_lines(path, REMEDY):
        if not text.strip():
            continue
        user, *item_ids = text.split()
        if not item_ids:
            raise _no_items(path, line, user)
        if user in lines:
            raise DataError(
                path,
                f"user {user!r} has line {lines[user]} already.",
                "Put all items of a user on one line.",
                line,
            )
        lines[user] = line
        items = [known.find(item_id) for item_id in item_ids]
        if None in items:
            unknown = item_ids[items.index(None)]
            raise DataError(
                path, f"item {unknown!r} is not in titles.tsv.", "Add it there or remove it here.", line
            )
        histories.append([item for item in items if item is not None])
    known.say(said)
    if not histories:
        raise DataError(path, "the file is empty.", REMEDY)
    return Histories.from_lists(histories, list(lines))


def _no_items(path: Path, line: int, text: str) -> DataError:
    for separator, name in SEPARATORS.items():
        if separator in text.strip(separator):
            fault = f"the line is separated by {name}: {text[:40]!r}."
            return DataError(path, fault, "Separate the user and the items by spaces.", line)
    return DataError(path, f"user {text!r} has no items.", "Remove the line or add the items behind.", line)


READER = Reader(("sequences:DIR",), lambda folder, _: load_sequences(Path(folder).expanduser()))
