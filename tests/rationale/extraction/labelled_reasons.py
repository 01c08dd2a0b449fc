"""The reasons that were written and labelled by hand, and the small catalogues that they are about.

What the labels say, where one may think otherwise:
- A title called the strongest, or thought away, is not also cited in that sentence for the same words.
- Titles that only show a taste are the interest's, not cited. Those of a neighbouring sentence count where it
  says that the user chose them, or that they show it.
- "Recommended" is claimed where a word of recommending or listing is said of the item, not where a sentence
  takes it for granted ("the recommendation rests on ..."), and not by praise ("you will love it").
- A likeness that is given without its value ("same director") stands for the value that both have.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from recexplainer_core.catalogue import Catalogue, Wording
from recexplainer_core.histories import History
from recexplainer_core.rationale.claims import (
    Cites,
    Claim,
    Interest,
    Prefers,
    Rank,
    Removal,
    Shares,
    Strongest,
)
from recexplainer_core.rationale.extraction.extract import ReadSentence, extract

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Labelled:
    """A reason and what each of its sentences claims; the order of items within a claim does not count."""

    catalogue: Catalogue
    history: History
    item: int
    other: int | None
    text: str
    claims: tuple[frozenset[Claim], ...]

    def read(self) -> list[ReadSentence]:
        return extract(self.text, self.catalogue, self.history, self.item, self.other)


@cache
def catalogue(name: str) -> Catalogue:
    told = json.loads((HERE / "catalogues.json").read_text(encoding="utf-8"))[name]
    return Catalogue(
        [str(i) for i in range(len(told["titles"]))],
        told["titles"],
        {name: [tuple(values) for values in column] for name, column in told["attributes"].items()},
        Wording(**told["wording"]),
    )


def labelled(half: str) -> list[Labelled]:
    """Return half of the reasons: the even lines, developed on, or the odd ones, which were not."""
    lines = (HERE / "labelled.jsonl").read_text(encoding="utf-8").splitlines()
    return [_labelled(json.loads(line)) for line in lines[1 if half == "developed on" else 0 :: 2]]


def _labelled(line: dict) -> Labelled:
    items = catalogue(line["catalogue"])
    item = items.find(line["item"])
    return Labelled(
        items,
        History.of([items.find(title) for title in line["history"]]),
        item,
        None if line["other"] is None else items.find(line["other"]),
        line["text"],
        tuple(frozenset(_claim(told, items, item) for told in claims) for claims in line["claims"]),
    )


def _claim(told: list, items: Catalogue, item: int) -> Claim:
    kind, *rest = told
    if kind == "rank":
        return Rank(item, rest[0])
    if kind == "cites":
        return Cites(items.find(rest[0]), rest[1])
    if kind == "strongest":
        return Strongest(items.find(rest[0]))
    if kind == "shares":
        return Shares(items.find(rest[0]), rest[1], rest[2])
    if kind == "prefers":
        return Prefers(items.find(rest[0]), items.find(rest[1]))
    if kind == "removal":
        return Removal(tuple(sorted(map(items.find, rest[0]))), rest[1])
    return Interest(rest[0], rest[1], tuple(sorted(map(items.find, rest[2]))))
