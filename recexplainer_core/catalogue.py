"""What can be recommended: item ids, titles, attributes, and the words used for them."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from recexplainer_core.errors import DataError, UnknownNameError
from recexplainer_core.files.json_text import parse_json
from recexplainer_core.files.tables import read_table

_REMEDY = "Build the bundle again."

Attributes = Mapping[str, Sequence[tuple[str, ...]]]
"""Attribute name -> one tuple of values per item; an empty tuple where nothing is known."""


@dataclass(frozen=True)
class Wording:
    """The words a domain uses, so that a prompt about films never says "product"."""

    item: str = "item"
    items: str = "items"
    user: str = "user"
    users: str = "users"
    consumed: str = "used"

    @property
    def an_item(self) -> str:
        """The word for an item with its article."""
        return with_article(self.item)

    @property
    def a_user(self) -> str:
        """The word for a user with its article."""
        return with_article(self.user)


_WITH_A = re.compile(r"u(?:[bcfhjklqrst][aeiou]|ni)|eu|ewe|one\b|once\b", re.I)
_WITH_AN = re.compile(r"[aeiou]|hour|honest|honou?r|heir", re.I)


def with_article(noun: str) -> str:
    """Return "a film", "an artist", "a user", "an umbrella", "an hour"."""
    sound = normalise_title(noun)
    return f"{'an' if _WITH_AN.match(sound) and not _WITH_A.match(sound) else 'a'} {noun}"


CATALOGUE_COLUMNS = pa.schema([("item_id", pa.string()), ("title", pa.string())])

FILMS = Wording("film", "films", "viewer", "viewers", "watched")
PRODUCTS = Wording("product", "products", "shopper", "shoppers", "bought")


def normalise_title(text: str) -> str:
    """Return the form in which titles are compared: no accents, case, punctuation or doubled spaces."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    words = re.sub(r"[^\w]+", " ", plain).strip()
    return words or text.strip()


def distinguish_titles(titles: Sequence[str], hints: Sequence[Sequence[str]]) -> list[str]:
    """Make every title unique, with the first hint (year, brand, id) that does it put behind in brackets.

    Args:
        titles: n titles, some of them equal after normalisation.
        hints: for each item its possible marks, best first; the last resort is a number.
    """
    unique = list(titles)
    for level in range(max((len(h) for h in hints), default=0)):
        counts = Counter(map(normalise_title, unique))
        for i, title in enumerate(unique):
            if counts[normalise_title(title)] > 1 and level < len(hints[i]) and hints[i][level]:
                unique[i] = f"{titles[i]} ({hints[i][level]})"
    taken = set(map(normalise_title, unique))
    seen: set[str] = set()
    for i, title in enumerate(unique):
        number = 2
        if normalise_title(title) in seen:
            while normalise_title(f"{title} #{number}") in taken:
                number += 1
            unique[i] = f"{title} #{number}"
        seen.add(normalise_title(unique[i]))
        taken.add(normalise_title(unique[i]))
    return unique


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Items by index 0..n-1; every other part of the project speaks of items by that index.

    Raises:
        DataError: ids, titles or attributes differ in length, or two ids or titles cannot be told apart.
    """

    item_ids: Sequence[str]
    titles: Sequence[str]
    attributes: Attributes = field(default_factory=dict)
    wording: Wording = field(default_factory=Wording)

    def __post_init__(self) -> None:
        lengths = {"titles": len(self.titles)} | {k: len(v) for k, v in self.attributes.items()}
        for name, length in lengths.items():
            if length != len(self.item_ids):
                raise DataError(
                    "catalogue", f"{len(self.item_ids)} item ids but {length} {name}.", "Give one each."
                )
        if len(self.by_id) != len(self.item_ids):
            raise DataError("catalogue", "two items have the same id.", "Give every item an id of its own.")
        if len(self.by_title) != len(self.titles):
            repeated = [t for t, n in Counter(map(normalise_title, self.titles)).items() if n > 1]
            raise DataError(
                "catalogue",
                f"{len(repeated)} titles occur more than once, {repeated[0]!r} among them.",
                "Pass them through distinguish_titles first.",
            )

    def __len__(self) -> int:
        return len(self.item_ids)

    @cached_property
    def by_title(self) -> dict[str, int]:
        """Normalised title -> item."""
        return {normalise_title(title): i for i, title in enumerate(self.titles)}

    @cached_property
    def value_counts(self) -> dict[tuple[str, str], int]:
        """(attribute, value) -> number of items that have it."""
        return dict(
            Counter(
                (name, value)
                for name, column in self.attributes.items()
                for values in column
                for value in values
            )
        )

    @cached_property
    def by_id(self) -> dict[str, int]:
        """Item id -> item."""
        return {item_id: i for i, item_id in enumerate(self.item_ids)}

    @cached_property
    def descriptive(self) -> tuple[str, ...]:
        """The attributes that tell what items are like: some value belongs to several items, so it is no identifier."""
        return tuple(
            name
            for name, column in self.attributes.items()
            if len({value for values in column for value in values}) < sum(map(len, column))
        )

    def resolve(self, text: str) -> int | None:
        """Return the item whose title the text is, or None when the catalogue has no such title."""
        return self.by_title.get(normalise_title(text))

    def find(self, id_or_title: str) -> int:
        """Return the item with this id or title.

        Raises:
            UnknownNameError: neither an id nor a title of this catalogue.
        """
        item = self.by_id.get(id_or_title, self.resolve(id_or_title))
        if item is None:
            raise UnknownNameError(
                f"No {self.wording.item} called {id_or_title!r} among {len(self)} {self.wording.items}. "
                "Give an item id or the title as the catalogue writes it."
            )
        return item

    def values(self, item: int, attribute: str) -> tuple[str, ...]:
        """Return the item's values of one attribute, empty when unknown."""
        column = self.attributes.get(attribute)
        return column[item] if column is not None else ()

    def save(self, path: Path) -> None:
        """Write one Parquet file: columns item_id, title and a list of strings per attribute."""
        columns: dict[str, pa.Array] = {
            "item_id": pa.array(list(self.item_ids), pa.string()),
            "title": pa.array(list(self.titles), pa.string()),
        }
        for name, values in self.attributes.items():
            columns[f"attribute:{name}"] = pa.array([list(v) for v in values], pa.list_(pa.string()))
        table = pa.table(columns).replace_schema_metadata({"wording": json.dumps(asdict(self.wording))})
        pq.write_table(table, path)

    @classmethod
    def load(cls, path: Path) -> Catalogue:
        """Read what `save` wrote.

        Raises:
            DataError: the file is no such table.
        """
        try:
            table = read_table(path, remedy=_REMEDY)
            wording = _read_wording(path, (table.schema.metadata or {}).get(b"wording", b""))
            texts = table.select(["item_id", "title"]).cast(CATALOGUE_COLUMNS, safe=True)
            if texts["item_id"].null_count or texts["title"].null_count:
                raise ValueError("an item has no id or no title")
            attributes = {
                name.removeprefix("attribute:"): [
                    tuple(v or ()) for v in table[name].cast(pa.list_(pa.string())).to_pylist()
                ]
                for name in table.column_names
                if name.startswith("attribute:")
            }
            if gaps := [
                name for name, column in attributes.items() if any(None in values for values in column)
            ]:
                raise ValueError(f"a value of {gaps[0]} is missing")
        except DataError as fault:
            raise DataError(path, f"is not a catalogue ({fault.args[1].rstrip('.')}).", _REMEDY) from fault
        except (OSError, pa.ArrowException, KeyError, TypeError, ValueError) as fault:
            raise DataError(path, f"is not a catalogue ({fault}).", _REMEDY) from fault
        return cls(texts["item_id"].to_pylist(), texts["title"].to_pylist(), attributes, wording)


def _read_wording(path: Path, text: bytes) -> Wording:
    content = parse_json(text, path, _REMEDY)
    names = {field.name for field in fields(Wording)}
    if not isinstance(content, dict) or content.keys() != names:
        raise ValueError(f"its wording is not {', '.join(sorted(names))}")
    if odd := [name for name, word in content.items() if not isinstance(word, str) or not word.strip()]:
        raise ValueError(f"its word for {odd[0]} is {content[odd[0]]!r}")
    return Wording(**content)
