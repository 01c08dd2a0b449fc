"""The wording of every task, as typed segments: what we wrote, what the data say, and where vectors go.

Only `Template` text is trusted. `Content` (titles, attributes) is data and can never become a special token or
a slot, whatever characters it holds. Each task has several wordings; the first is the one used at run time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
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
class Cited(Content):
    """A title that might have been another.

    Args:
        text: the title.
        rivals: every title that decoding allows in this place, the title itself among them, with how right each is.
    """

    rivals: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Weighed:
    """A stretch of text that might have been another.

    Args:
        said: the stretch.
        rivals: every stretch that decoding allows once it is begun, with how right each is.
    """

    said: Prompt
    rivals: tuple[tuple[Prompt, float], ...]

    @property
    def text(self) -> str:
        """The stretch as text."""
        return "".join(segment.text for segment in self.said if isinstance(segment, Template | Content))


@dataclass(frozen=True)
class UserSlot:
    """The place of the target's user vector."""


@dataclass(frozen=True)
class ItemSlot:
    """The place of the target's vector of one item."""

    item: int


Segment = Template | Content | Weighed | UserSlot | ItemSlot
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
_DECIDING = (
    "\nWhich {items} decide about {it}?",
    "\nWhat in the history matters most for {it}?",
    "\nName the {items} behind {it}.",
    "\nWhich {items} {consumed} weigh most for {it}?",
    "\nOn which {items} does {it} depend?",
    "\nPoint to what leads to {it}.",
)
_WHY: Mapping[str, tuple[str, ...]] = {
    "first": (
        "\nWhy is {it} among the first choices?",
        "\nExplain the first choice {it}.",
        "\nWhy does {it} come first?",
        "\nWhat makes {it} so clear a choice?",
        "\nGive the reason for the first choice {it}.",
        "\nOn what grounds does {it} lead the list?",
    ),
    "listed": (
        "\nWhy is {it} recommended?",
        "\nExplain the suggestion {it}.",
        "\nWhy is {it} on the list?",
        "\nWhat makes {it} a suggestion?",
        "\nGive the reason for {it} on the list.",
        "\nOn what grounds is {it} recommended?",
    ),
    "possible": (
        "\nWhy is {it} not quite recommended?",
        "\nExplain why {it} just misses the list.",
        "\nWhy is {it} below the list?",
        "\nWhat keeps {it} just off the list?",
        "\nGive the reason for {it} below the list.",
        "\nOn what grounds does {it} miss the list?",
    ),
    "unlikely": (
        "\nWhy is {it} not recommended?",
        "\nExplain why {it} is far from the list.",
        "\nWhy does {it} not suit this {user}?",
        "\nWhat keeps {it} from the list?",
        "\nGive the reason why not {it}.",
        "\nOn what grounds is {it} left out?",
    ),
}
_RATHER: Mapping[str, tuple[str, ...]] = {
    "before": (
        "\nWhy {it} rather than {other}?",
        "\nExplain why {it} comes before {other}.",
        "\nWhat puts {it} before {other}?",
        "\nWhy is {it} preferred to {other}?",
        "\nGive the reason for {it} before {other}.",
        "\nOn what grounds does {it} beat {other}?",
    ),
    "after": (
        "\nWhy not {it} rather than {other}?",
        "\nExplain why {it} comes after {other}.",
        "\nWhat puts {it} behind {other}?",
        "\nWhy is {it} not preferred to {other}?",
        "\nGive the reason for {it} after {other}.",
        "\nOn what grounds does {it} lose against {other}?",
    ),
}
_TASKS = (
    *(_NEXT_ITEM, _RANK, _INTEREST, _DESCRIBE, _ALIKE, _RECALL, _LEANING, _DECIDING),
    *(*_WHY.values(), *_RATHER.values()),
)
WORDINGS = min(map(len, _TASKS))
"""Ways in which every question can be asked."""
_IT, _OTHER = "{it}", "{other}"
_PLACES = re.compile(f"({_IT}|{_OTHER})")


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


def deciding(
    catalogue: Catalogue, history: Sequence[int], item: int, mode: AlignmentMode, wording: int = 0
) -> Prompt:
    """Ask which items of the history count most for the target's view of one item."""
    about_item = _about_item(catalogue, item, mode)
    return (*_about_user(catalogue, history, mode), *_question(catalogue, _DECIDING[wording], about_item))


def rationale(
    catalogue: Catalogue,
    history: Sequence[int],
    item: int,
    mode: AlignmentMode,
    verdict: str,
    wording: int = 0,
) -> Prompt:
    """Ask for the reason why an item is, or is not, recommended.

    Args:
        catalogue: items.
        history: oldest item first.
        item: that is explained.
        mode: how the model is told about user and item.
        verdict: the item's place in the order: "first", "listed", "possible" or "unlikely".
        wording: number of the question's wording.
    """
    about_item = _about_item(catalogue, item, mode)
    return (*_about_user(catalogue, history, mode), *_question(catalogue, _WHY[verdict][wording], about_item))


def contrast(
    catalogue: Catalogue,
    history: Sequence[int],
    item: int,
    other: int,
    mode: AlignmentMode,
    verdict: str,
    wording: int = 0,
) -> Prompt:
    """Ask why an item comes before or after another one; the verdict is "before" or "after"."""
    question = _question(
        catalogue,
        _RATHER[verdict][wording],
        _about_item(catalogue, item, mode),
        _about_item(catalogue, other, mode),
    )
    return (*_about_user(catalogue, history, mode), *question)


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


def _question(catalogue: Catalogue, pattern: str, it: Prompt = (), other: Prompt = ()) -> Prompt:
    words = catalogue.wording
    places = {_IT: it, _OTHER: other}
    segments: list[Segment] = []
    for part in _PLACES.split(pattern):
        if part in places:
            segments += places[part]
        elif part:
            text = part.format(item=words.item, items=words.items, user=words.user, consumed=words.consumed)
            segments.append(Template(text))
    return tuple(segments)


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
