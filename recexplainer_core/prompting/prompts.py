"""Questions as typed segments: those that are asked at run time, and what every other is put together with."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.lm.segments import (
    CLOSE_CITATION,
    OPEN_CITATION,
    SEPARATOR,
    Content,
    ItemSlot,
    Prompt,
    Segment,
    Template,
    UserSlot,
)
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.prompting import questions
from recexplainer_core.prompting.mentions import mentions

_IT, _OTHER = "{it}", "{other}"
_PLACES = re.compile(f"({_IT}|{_OTHER})")


def ask(
    catalogue: Catalogue,
    pattern: str,
    mode: AlignmentMode,
    history: Sequence[int] | None = None,
    it: Sequence[int] = (),
    other: Sequence[int] = (),
) -> Prompt:
    """Put a question together: every task's prompt is made here.

    Args:
        catalogue: titles, and the words for its items and users.
        pattern: the question, a line break in front where it follows a user. `{it}` and `{other}` are the places of
            items; `{item}`, `{items}`, `{user}` and `{consumed}` those of the catalogue's own words.
        mode: how the model is told about user and items: titles, the target's vectors, or both.
        history: of the user whom the question is about, oldest item first; about no user where it is None.
        it: the items that stand in the place `{it}`.
        other: those in the place `{other}`.
    """
    about_user = () if history is None else _about_user(catalogue, history, mode)
    places = {_IT: _about_items(catalogue, it, mode), _OTHER: _about_items(catalogue, other, mode)}
    return (*about_user, *_question(catalogue, pattern, places))


def next_item(catalogue: Catalogue, history: Sequence[int], mode: AlignmentMode, variant: int = 0) -> Prompt:
    """Ask which item the target recommends next; the unaligned model gets a list to continue instead."""
    if mode is AlignmentMode.NONE:
        return history_to_continue(catalogue, history)
    return ask(catalogue, questions.NEXT_ITEM[variant], mode, history)


def history_so_far(catalogue: Catalogue, history: Sequence[int], mode: AlignmentMode) -> Prompt:
    """Begin to tell of a user, and break off where the next title of the history would stand."""
    *about_user, _ = _about_user(catalogue, history, mode)
    return (*about_user, SEPARATOR)


def rank_items(
    catalogue: Catalogue,
    history: Sequence[int],
    items: Sequence[int],
    mode: AlignmentMode,
    variant: int = 0,
) -> Prompt:
    """Ask in which order the target prefers a few items."""
    return ask(catalogue, questions.RANK[variant], mode, history, items)


def interest(
    catalogue: Catalogue, history: Sequence[int], item: int, mode: AlignmentMode, variant: int = 0
) -> Prompt:
    """Ask whether the target likes an item for a user; the answer is its title or `NO`."""
    return ask(catalogue, questions.INTEREST[variant], mode, history, [item])


def describe_item(catalogue: Catalogue, item: int, mode: AlignmentMode, variant: int = 0) -> Prompt:
    """Ask what the catalogue says of one item."""
    return ask(catalogue, questions.DESCRIBE[variant], mode, it=[item])


def most_alike(catalogue: Catalogue, item: int, mode: AlignmentMode, variant: int = 0) -> Prompt:
    """Ask which item lies nearest to one, as the target sees them."""
    return ask(catalogue, questions.ALIKE[variant], mode, it=[item])


def recall_history(catalogue: Catalogue, variant: int = 0) -> Prompt:
    """Ask for the history behind a user vector; no titles are shown."""
    return ask(catalogue, questions.RECALL[variant], AlignmentMode.INTENTION, ())


def leaning(catalogue: Catalogue, history: Sequence[int], mode: AlignmentMode, variant: int = 0) -> Prompt:
    """Ask what the target's recommendations for a user have in common."""
    return ask(catalogue, questions.LEANING[variant], mode, history)


def deciding(
    catalogue: Catalogue, history: Sequence[int], item: int, mode: AlignmentMode, variant: int = 0
) -> Prompt:
    """Ask which items of the history count most for the target's view of one item."""
    return ask(catalogue, questions.DECIDING[variant], mode, history, [item])


def listed_without(
    catalogue: Catalogue,
    history: Sequence[int],
    item: int,
    removed: Sequence[int],
    mode: AlignmentMode,
    variant: int = 0,
) -> Prompt:
    """Ask whether an item would be recommended without some items of the history; the answer is its title or `NO`."""
    return ask(catalogue, questions.LISTED_WITHOUT[variant], mode, history, [item], removed)


def rationale(
    catalogue: Catalogue,
    history: Sequence[int],
    item: int,
    mode: AlignmentMode,
    verdict: str,
    variant: int = 0,
    asks_for: str = "",
) -> Prompt:
    """Ask for the reason why an item is, or is not, recommended.

    Args:
        catalogue: items.
        history: oldest item first.
        item: that is explained.
        mode: how the model is told about user and item.
        verdict: the item's place in the order: "first", "listed", "possible" or "unlikely".
        variant: number of the question's variant.
        asks_for: what the question adds of what the reason is to say, see `rationale.specification`.
    """
    return ask(catalogue, questions.WHY[verdict][variant] + asks_for, mode, history, [item])


def contrast(
    catalogue: Catalogue,
    history: Sequence[int],
    item: int,
    other: int,
    mode: AlignmentMode,
    verdict: str,
    variant: int = 0,
) -> Prompt:
    """Ask why an item comes before or after another one; the verdict is "before" or "after"."""
    return ask(catalogue, questions.RATHER[verdict][variant], mode, history, [item], [other])


def free_question(
    catalogue: Catalogue, history: Sequence[int], text: str, mode: AlignmentMode, item: int | None = None
) -> Prompt:
    """Ask what somebody typed. Titles in it are named the way the mode names items in every other question.

    Args:
        catalogue: recognises the titles.
        history: oldest item first.
        text: the question, which nobody has vetted: never a template.
        mode: how the model is told about users and items.
        item: what the question is about; it is named in front where the text does not name it. About the user
            where it is None.
    """
    text = " ".join(text.split())
    segments: list[Segment] = []
    if item is None:
        segments += [*_about_user(catalogue, history, mode), Template("\n")]
    named = mentions(text, catalogue)
    if item is not None and item not in {one.item for one in named}:
        segments += [*_about_items(catalogue, [item], mode), Template(". ")]
    place = 0
    for one in named:
        if one.start > place:
            segments.append(Content(text[place : one.start]))
        segments += _about_items(catalogue, [one.item], mode)
        place = one.end
    if text[place:]:
        segments.append(Content(text[place:]))
    return tuple(segments)


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


def _question(catalogue: Catalogue, pattern: str, places: Mapping[str, Prompt]) -> Prompt:
    words = catalogue.wording
    segments: list[Segment] = []
    for part in _PLACES.split(pattern):
        if part in places:
            segments += places[part]
        elif part:
            text = part.format(
                item=words.item,
                an_item=words.an_item,
                items=words.items,
                user=words.user,
                consumed=words.consumed,
            )
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


def _about_items(catalogue: Catalogue, items: Sequence[int], mode: AlignmentMode) -> Prompt:
    segments: list[Segment] = []
    for item in items:
        segments += [SEPARATOR] if segments else []
        segments += [Content(catalogue.titles[item])] if mode.shows_titles else []
        segments += [ItemSlot(item)] if mode.shows_vectors else []
    return tuple(segments)
