"""The wording of every task, as typed segments: what we wrote, what the data say, and where vectors go.

Only `Template` text is trusted. `Content` (titles, attributes) is data and can never become a special token or
a slot, whatever characters it holds. Each task has several wordings; the first is the one used at run time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.surrogate.modes import AlignmentMode


@dataclass(frozen=True)
class Template:
    """Text written by this project."""

    text: str


@dataclass(frozen=True)
class Content:
    """Text that comes from the data."""

    text: str


@dataclass(frozen=True)
class UserSlot:
    """The place of the target's user vector."""


@dataclass(frozen=True)
class ItemSlot:
    """The place of the target's vector of one item."""

    item: int


Segment = Template | Content | UserSlot | ItemSlot
Prompt = tuple[Segment, ...]

SEPARATOR = Template("; ")
OPEN_CITATION, CLOSE_CITATION = "«", "»"

_NEXT_ITEM = (
    "\nNext {item}:",
    "\nWhich {item} is recommended next?",
    "\nRecommend one {item}:",
)
_WHY = (
    ("\nWhy ", "?"),
    ("\nExplain the choice of ", "."),
    ("\nGive the reason for ", "."),
)
_DESCRIBE = (
    ("Describe ", "."),
    ("What is known of ", "?"),
    ("Tell me about ", "."),
)
WORDINGS = min(map(len, (_NEXT_ITEM, _WHY, _DESCRIBE)))
"""Ways in which every question can be asked."""


def next_item(catalogue: Catalogue, history: Sequence[int], mode: AlignmentMode, wording: int = 0) -> Prompt:
    """Ask which item the target recommends next; the unaligned model gets a list to continue instead."""
    if mode is AlignmentMode.NONE:
        return history_to_continue(catalogue, history)
    question = _NEXT_ITEM[wording].format(item=catalogue.wording.item)
    return (*_about_user(catalogue, history, mode), Template(question))


def rationale(
    catalogue: Catalogue, history: Sequence[int], item: int, mode: AlignmentMode, wording: int = 0
) -> Prompt:
    """Ask for the reason of one recommendation."""
    before, after = _WHY[wording]
    about_user = _about_user(catalogue, history, mode)
    return (*about_user, Template(before), *_about_item(catalogue, item, mode), Template(after))


def describe_item(catalogue: Catalogue, item: int, mode: AlignmentMode, wording: int = 0) -> Prompt:
    """Ask what the catalogue says of one item."""
    before, after = _DESCRIBE[wording]
    return (Template(before), *_about_item(catalogue, item, mode), Template(after))


def history_to_continue(catalogue: Catalogue, history: Sequence[int]) -> Prompt:
    """Start a list of items that a base language model would go on with; the pocket LM has read such lists."""
    words = catalogue.wording
    start = Template(f"{words.items.capitalize()} {words.consumed} by one {words.user}, in order: ")
    listed = [segment for item in history for segment in (Content(catalogue.titles[item]), SEPARATOR)]
    return (start, *listed)


def listed_titles(catalogue: Catalogue, items: Sequence[int]) -> Prompt:
    """Write the titles one after the other."""
    segments: list[Segment] = []
    for item in items:
        segments += [SEPARATOR] if segments else []
        segments.append(Content(catalogue.titles[item]))
    return tuple(segments)


def cited_title(catalogue: Catalogue, item: int) -> str:
    """Return a title as it stands in a citation: without the marks that open and close one."""
    return catalogue.titles[item].translate({ord(OPEN_CITATION): '"', ord(CLOSE_CITATION): '"'})


def _about_user(catalogue: Catalogue, history: Sequence[int], mode: AlignmentMode) -> Prompt:
    words = catalogue.wording
    segments: list[Segment] = [Template(words.user.capitalize())]
    if mode.shows_vectors:
        segments.append(UserSlot())
    if mode.shows_titles:
        titles = listed_titles(catalogue, history) if history else (Template("nothing yet"),)
        segments += [Template(f" {words.consumed}: "), *titles]
    return (*segments, Template("."))


def _about_item(catalogue: Catalogue, item: int, mode: AlignmentMode) -> Prompt:
    segments: list[Segment] = []
    if mode.shows_titles:
        segments.append(Content(catalogue.titles[item]))
    if mode.shows_vectors:
        segments.append(ItemSlot(item))
    return tuple(segments)
