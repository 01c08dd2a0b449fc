"""The prompt of every task: a question as typed segments. Each task has several wordings (`questions`)."""

from __future__ import annotations

import re
from collections.abc import Sequence

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


def next_item(catalogue: Catalogue, history: Sequence[int], mode: AlignmentMode, wording: int = 0) -> Prompt:
    """Ask which item the target recommends next; the unaligned model gets a list to continue instead."""
    if mode is AlignmentMode.NONE:
        return history_to_continue(catalogue, history)
    return (*_about_user(catalogue, history, mode), *_question(catalogue, questions.NEXT_ITEM[wording]))


def rank_items(
    catalogue: Catalogue,
    history: Sequence[int],
    items: Sequence[int],
    mode: AlignmentMode,
    wording: int = 0,
) -> Prompt:
    """Ask in which order the target prefers a few items."""
    listed = _about_items(catalogue, items, mode)
    return (*_about_user(catalogue, history, mode), *_question(catalogue, questions.RANK[wording], listed))


def interest(
    catalogue: Catalogue, history: Sequence[int], item: int, mode: AlignmentMode, wording: int = 0
) -> Prompt:
    """Ask whether the target likes an item for a user; the answer is its title or `NO`."""
    about_item = _about_item(catalogue, item, mode)
    return (
        *_about_user(catalogue, history, mode),
        *_question(catalogue, questions.INTEREST[wording], about_item),
    )


def describe_item(catalogue: Catalogue, item: int, mode: AlignmentMode, wording: int = 0) -> Prompt:
    """Ask what the catalogue says of one item."""
    return _question(catalogue, questions.DESCRIBE[wording], _about_item(catalogue, item, mode))


def most_alike(catalogue: Catalogue, item: int, mode: AlignmentMode, wording: int = 0) -> Prompt:
    """Ask which item lies nearest to one, as the target sees them."""
    return _question(catalogue, questions.ALIKE[wording], _about_item(catalogue, item, mode))


def recall_history(catalogue: Catalogue, wording: int = 0) -> Prompt:
    """Ask for the history behind a user vector; no titles are shown."""
    about_user = _about_user(catalogue, (), AlignmentMode.INTENTION)
    return (*about_user, *_question(catalogue, questions.RECALL[wording]))


def leaning(catalogue: Catalogue, history: Sequence[int], mode: AlignmentMode, wording: int = 0) -> Prompt:
    """Ask what the target's recommendations for a user have in common."""
    return (*_about_user(catalogue, history, mode), *_question(catalogue, questions.LEANING[wording]))


def deciding(
    catalogue: Catalogue, history: Sequence[int], item: int, mode: AlignmentMode, wording: int = 0
) -> Prompt:
    """Ask which items of the history count most for the target's view of one item."""
    about_item = _about_item(catalogue, item, mode)
    return (
        *_about_user(catalogue, history, mode),
        *_question(catalogue, questions.DECIDING[wording], about_item),
    )


def listed_without(
    catalogue: Catalogue,
    history: Sequence[int],
    item: int,
    gone: Sequence[int],
    mode: AlignmentMode,
    wording: int = 0,
) -> Prompt:
    """Ask whether an item would be recommended without some items of the history; the answer is its title or `NO`."""
    about_item, about_gone = _about_item(catalogue, item, mode), _about_items(catalogue, gone, mode)
    return (
        *_about_user(catalogue, history, mode),
        *_question(catalogue, questions.LISTED_WITHOUT[wording], about_item, about_gone),
    )


def rationale(
    catalogue: Catalogue,
    history: Sequence[int],
    item: int,
    mode: AlignmentMode,
    verdict: str,
    wording: int = 0,
    asks_for: str = "",
) -> Prompt:
    """Ask for the reason why an item is, or is not, recommended.

    Args:
        catalogue: items.
        history: oldest item first.
        item: that is explained.
        mode: how the model is told about user and item.
        verdict: the item's place in the order: "first", "listed", "possible" or "unlikely".
        wording: number of the question's wording.
        asks_for: what the question adds of what the reason is to say, see `rationale.specification`.
    """
    about_item = _about_item(catalogue, item, mode)
    pattern = questions.WHY[verdict][wording] + asks_for
    return (*_about_user(catalogue, history, mode), *_question(catalogue, pattern, about_item))


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
        questions.RATHER[verdict][wording],
        _about_item(catalogue, item, mode),
        _about_item(catalogue, other, mode),
    )
    return (*_about_user(catalogue, history, mode), *question)


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
        segments += [*_about_item(catalogue, item, mode), Template(". ")]
    place = 0
    for one in named:
        if one.start > place:
            segments.append(Content(text[place : one.start]))
        segments += _about_item(catalogue, one.item, mode)
        place = one.end
    if text[place:]:
        segments.append(Content(text[place:]))
    return tuple(segments)


def taught_about_user(catalogue: Catalogue, item: int, mode: AlignmentMode) -> tuple[str, ...]:
    """Return questions about a user, and an item for them, that the model was taught, to be asked as free ones."""
    told = (questions.LEANING[0], questions.DECIDING[0], questions.INTEREST[0])
    if mode is AlignmentMode.INTENTION:  # the only mode in which the history is recalled, not copied
        told = (questions.RECALL[0], *told[:2])
    return tuple(_in_words(catalogue, pattern, item) for pattern in told)


def taught_about_item(catalogue: Catalogue, item: int) -> tuple[str, ...]:
    """Return questions about an item that the model was taught, to be asked as free ones."""
    return tuple(
        _in_words(catalogue, pattern, item) for pattern in (questions.DESCRIBE[0], questions.ALIKE[0])
    )


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


def _in_words(catalogue: Catalogue, pattern: str, item: int) -> str:
    question = _question(catalogue, pattern, (Content(catalogue.titles[item]),))
    return "".join(part.text for part in question if isinstance(part, Template | Content)).strip()


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


def _about_items(catalogue: Catalogue, items: Sequence[int], mode: AlignmentMode) -> Prompt:
    segments: list[Segment] = []
    for item in items:
        segments += [SEPARATOR] if segments else []
        segments += _about_item(catalogue, item, mode)
    return tuple(segments)
