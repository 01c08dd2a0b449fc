"""What a reason can claim: a few kinds of typed statements, each of which can be tested against the target.

`BANDS` says what each wording of a rank stands for, for writers, readers and checks alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from recexplainer_core.rationale.verdict import FIRST, LISTED

Band = Literal["first", "recommended", "near", "far"]
BANDS: Mapping[Band, str] = {
    "first": f"among the first {FIRST}",
    "recommended": f"recommended: among the first {LISTED}",
    "near": "not recommended, but in the upper third of the order",
    "far": "below the upper third of the order",
}
"""Band -> what it stands for, by the item's rank among all that is unseen."""


@dataclass(frozen=True)
class Rank:
    """The item has a place in a band of the target's order. A first choice is recommended, too."""

    item: int
    band: Band


@dataclass(frozen=True)
class Cites:
    """A history item speaks for the explained one, or against it: without it the score falls, or rises."""

    item: int
    stance: Literal["for", "against"] = "for"


@dataclass(frozen=True)
class Strongest:
    """No other item of the history speaks for the explained one as much as this one does."""

    item: int


@dataclass(frozen=True)
class Shares:
    """A history item and the explained one have a value of an attribute in common, by the catalogue."""

    item: int
    attribute: str
    value: str


@dataclass(frozen=True)
class Interest:
    """The user's liking for a value of an attribute, which some items of the history show, is what the target answers.

    Args:
        attribute, value: what is liked.
        items: history items that show it.
    """

    attribute: str
    value: str
    items: tuple[int, ...]


@dataclass(frozen=True)
class Removal:
    """Without these history items the explained one is no longer recommended ("needed"), or still is ("robust")."""

    items: tuple[int, ...]
    outcome: Literal["needed", "robust"]


@dataclass(frozen=True)
class Prefers:
    """The target puts one item before another."""

    item: int
    other: int


Claim: TypeAlias = Rank | Cites | Strongest | Shares | Interest | Removal | Prefers


@dataclass(frozen=True)
class Sentence:
    """A sentence of a reason and what it claims; nothing where it claims nothing that can be tested."""

    text: str
    claims: tuple[Claim, ...] = ()
