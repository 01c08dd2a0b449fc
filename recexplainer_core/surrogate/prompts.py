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

NO = Template("No")
"""The answer to whether an item is recommended, where it is not; where it is, the answer names it."""

_NEXT_ITEM = (
    "\nNext {item}:",
    "\nWhich {item} is recommended next?",
    "\nRecommend one {item}:",
    "\nWhat should come next?",
    "\nName the {item} to recommend.",
    "\nThe best next {item} is:",
)
_RANK = (
    "\nOrder by preference: {it}.",
    "\nPut the likeliest first: {it}.",
    "\nRank from best to worst: {it}.",
    "\nWhich of these {items} come first? {it}.",
    "\nSort for this {user}: {it}.",
    "\nArrange by how well they suit: {it}.",
)
_INTEREST = (
    "\nWould {it} be recommended? Name it, or say no.",
    "\nIs {it} a match for this {user}? Name it, or say no.",
    "\nRecommend {it}, yes or no? If yes, name it.",
    "\nName {it} if it suits this {user}; if not, say no.",
    "\nIs {it} a good {item} to suggest here? Name it, or say no.",
    "\nWould this {user} be offered {it}? Name it, or say no.",
)
_DESCRIBE = (
    "Describe {it}.",
    "What is known of {it}?",
    "Tell me about {it}.",
    "Give the facts about {it}.",
    "What {item} is {it}?",
    "Say something of {it}.",
)
_ALIKE = (
    "Which {item} is most like {it}?",
    "Name the {item} nearest to {it}.",
    "What comes closest to {it}?",
    "Find a {item} similar to {it}.",
    "Which other {item} goes with {it}?",
    "Give the likeliest companion of {it}.",
)
_RECALL = (
    "\nList what was {consumed}.",
    "\nWhich {items} were {consumed}?",
    "\nName the {items} {consumed} so far.",
    "\nWhat is in the history?",
    "\nRecall the {items} {consumed}.",
    "\nWrite down the history.",
)
_LEANING = (
    "\nWhat is recommended to this {user} as a rule?",
    "\nWhich kinds of {items} suit this {user}?",
    "\nSum up the taste.",
    "\nWhat does this {user} prefer?",
    "\nDescribe the preferences of this {user}.",
    "\nWhat do the suggestions have in common?",
)
_WHY = (
    "\nWhy {it}?",
    "\nExplain the choice of {it}.",
    "\nGive the reason for {it}.",
    "\nWhat speaks for {it}?",
    "\nWhy was {it} suggested?",
    "\nOn what grounds is {it} recommended?",
)
_TASKS = (_NEXT_ITEM, _RANK, _INTEREST, _DESCRIBE, _ALIKE, _RECALL, _LEANING, _WHY)
WORDINGS = min(map(len, _TASKS))
"""Ways in which every question can be asked."""
_IT = "{it}"


def next_item(catalogue: Catalogue, history: Sequence[int], mode: AlignmentMode, wording: int = 0) -> Prompt:
    """Ask which item the target recommends next; the unaligned model gets a list to continue instead."""
    if mode is AlignmentMode.NONE:
        return history_to_continue(catalogue, history)
    return (*_about_user(catalogue, history, mode), *_question(catalogue, _NEXT_ITEM[wording]))


def rank_items(
    catalogue: Catalogue,
    history: Sequence[int],
    items: Sequence[int],
    mode: AlignmentMode,
    wording: int = 0,
) -> Prompt:
    """Ask in which order the target prefers a few items."""
    listed: list[Segment] = []
    for item in items:
        listed += [SEPARATOR] if listed else []
        listed += _about_item(catalogue, item, mode)
    return (*_about_user(catalogue, history, mode), *_question(catalogue, _RANK[wording], tuple(listed)))


def interest(
    catalogue: Catalogue, history: Sequence[int], item: int, mode: AlignmentMode, wording: int = 0
) -> Prompt:
    """Ask whether the target likes an item for a user; the answer is its title or `NO`."""
    about_item = _about_item(catalogue, item, mode)
    return (*_about_user(catalogue, history, mode), *_question(catalogue, _INTEREST[wording], about_item))


def describe_item(catalogue: Catalogue, item: int, mode: AlignmentMode, wording: int = 0) -> Prompt:
    """Ask what the catalogue says of one item."""
    return _question(catalogue, _DESCRIBE[wording], _about_item(catalogue, item, mode))


def most_alike(catalogue: Catalogue, item: int, mode: AlignmentMode, wording: int = 0) -> Prompt:
    """Ask which item lies nearest to one, as the target sees them."""
    return _question(catalogue, _ALIKE[wording], _about_item(catalogue, item, mode))


def recall_history(catalogue: Catalogue, wording: int = 0) -> Prompt:
    """Ask for the history behind a user vector; no titles are shown."""
    about_user = _about_user(catalogue, (), AlignmentMode.INTENTION)
    return (*about_user, *_question(catalogue, _RECALL[wording]))


def leaning(catalogue: Catalogue, history: Sequence[int], mode: AlignmentMode, wording: int = 0) -> Prompt:
    """Ask what the target's recommendations for a user have in common."""
    return (*_about_user(catalogue, history, mode), *_question(catalogue, _LEANING[wording]))


def rationale(
    catalogue: Catalogue, history: Sequence[int], item: int, mode: AlignmentMode, wording: int = 0
) -> Prompt:
    """Ask for the reason of one recommendation."""
    about_item = _about_item(catalogue, item, mode)
    return (*_about_user(catalogue, history, mode), *_question(catalogue, _WHY[wording], about_item))


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


def _question(catalogue: Catalogue, pattern: str, it: Prompt = ()) -> Prompt:
    words = catalogue.wording
    before, named, after = pattern.partition(_IT)
    texts = [
        Template(text.format(item=words.item, items=words.items, user=words.user, consumed=words.consumed))
        for text in (before, after)
    ]
    return (texts[0], *it, texts[1]) if named else (texts[0],)


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
