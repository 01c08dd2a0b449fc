"""The text that the pocket LM is trained on.

Facts, lists, questions with answers, training users' histories, and two kinds of puzzle from which it learns to find
and repeat what stands in its context: the last title of a list, say, or the title that stands in a slot's place.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import asdict

from recexplainer_core.alignment.facts import (
    QUESTION_OTHERWISE,
    QUESTIONS,
    description,
    known_attributes,
    values_listed,
)
from recexplainer_core.catalogue import Catalogue
from recexplainer_core.histories import Histories, IntArray
from recexplainer_core.rationale import wording
from recexplainer_core.rationale.wording import fill, joined
from recexplainer_core.surrogate import prompts
from recexplainer_core.surrogate.modes import AlignmentMode
from recexplainer_core.surrogate.prompts import (
    Content,
    Prompt,
    Template,
    UserSlot,
    history_to_continue,
    listed_titles,
)

LONGEST_LIST = 12


def task_wording(catalogue: Catalogue) -> list[Prompt]:
    """Return our own text of every task once, so that the tokenizer knows its words; the model does not read it."""
    words = asdict(catalogue.wording).values()
    asked = [
        ask(catalogue, number)
        for number in range(3)
        for ask in (
            lambda c, n: prompts.next_item(c, [0], AlignmentMode.HYBRID, n),
            lambda c, n: prompts.rationale(c, [0], 0, AlignmentMode.HYBRID, n),
            lambda c, n: prompts.describe_item(c, 0, AlignmentMode.HYBRID, n),
        )
    ]
    return [*asked, *((Template(text),) for text in (*wording.every_pattern(), " ".join(words)))]


def documents(
    catalogue: Catalogue, histories: Histories, training_users: IntArray, rng: random.Random
) -> Iterator[Prompt]:
    """Yield one pass of the corpus in random order, newly worded each time.

    Args:
        catalogue: items; all of them are described.
        histories: everybody's histories.
        training_users: the users whose histories may be read; no other's are.
        rng: source of every choice.
    """
    kinds = [("user", int(user)) for user in training_users]
    kinds += [("facts", item) for item in range(len(catalogue)) for _ in range(2)]
    kinds += [("question", item) for item in range(len(catalogue)) for _ in range(3)]
    kinds += [("alike", item) for item in range(len(catalogue))]
    kinds += [("puzzle", item) for item in range(len(catalogue)) for _ in range(2)]
    kinds += [("slot", item) for item in range(len(catalogue)) for _ in range(6)]
    rng.shuffle(kinds)
    groups = _items_by_value(catalogue)
    for kind, index in kinds:
        if kind == "user":
            listed = history_to_continue(catalogue, [int(i) for i in histories[index]])
            yield joined((*listed[:-1], Template(".")))
            continue
        if kind in ("puzzle", "slot"):
            yield (_puzzle if kind == "puzzle" else _slot)(catalogue, index, rng)
            continue
        known = known_attributes(catalogue, index)
        if kind == "facts":
            told = rng.sample(known, min(len(known), rng.randint(2, 5)))
            yield description(catalogue, index, told, rng)
        elif known and kind == "question":
            yield _question(catalogue, index, rng.choice(known), rng)
        elif known:
            name = rng.choice(known)
            value = rng.choice(catalogue.values(index, name))
            yield _list(catalogue, name, value, groups[name, value], rng)


def _question(catalogue: Catalogue, item: int, attribute: str, rng: random.Random) -> Prompt:
    pattern = rng.choice(QUESTIONS.get(attribute, QUESTION_OTHERWISE))
    asked = fill(
        pattern,
        {
            "item": catalogue.titles[item],
            "item_word": (Template(catalogue.wording.item),),
            "name": (Template(attribute),),
        },
    )
    return joined((*asked, Template("\n"), *values_listed(catalogue.values(item, attribute)), Template(".")))


def _puzzle(catalogue: Catalogue, item: int, rng: random.Random) -> Prompt:
    words = catalogue.wording
    others = rng.sample(range(len(catalogue)), min(len(catalogue), rng.randint(1, 8)))
    listed = [i for i in others if i != item]
    place = rng.randint(0, len(listed))
    listed.insert(place, item)
    last = len(listed) - 1
    asked = [f"the {words.item} in place {place + 1}"]
    asked += [f"the first {words.item}"] if place == 0 else []
    asked += [f"the last {words.item}"] if place == last else []
    asked += [f"the only {words.item}"] if last == 0 else []
    values: dict[str, str | Prompt] = {
        "listed": listed_titles(catalogue, listed),
        "asked": (Template(rng.choice(asked)),),
        "item": catalogue.titles[item],
        "before": catalogue.titles[listed[place - 1]],
    }
    patterns = ["{listed}.\nNamed here is {asked}: {item}.", "Again: {listed}. {listed}."]
    if place > 0:
        patterns.append("{listed}.\nBehind {before}: {item}.")
    return fill(rng.choice(patterns), values)


def _slot(catalogue: Catalogue, item: int, rng: random.Random) -> Prompt:
    """Ask a question with a title in the place of the user's vector, which then is the answer.

    So the model knows how to read a slot before there is a connector to fill it. The history is drawn at random:
    nothing of the target or of any user is in this.
    """
    mode = rng.choice((AlignmentMode.INTENTION, AlignmentMode.HYBRID))
    history = rng.sample(range(len(catalogue)), min(len(catalogue), rng.randint(1, 10)))
    question = prompts.next_item(catalogue, [i for i in history if i != item], mode, rng.randrange(3))
    title = Content(catalogue.titles[item])
    return (*(title if isinstance(segment, UserSlot) else segment for segment in question), title)


def _list(catalogue: Catalogue, name: str, value: str, members: list[int], rng: random.Random) -> Prompt:
    chosen = rng.sample(members, min(len(members), LONGEST_LIST))
    start = fill(f"{catalogue.wording.items.capitalize()} with the {name} {{value}}: ", {"value": value})
    return joined((*start, *listed_titles(catalogue, chosen), Template(".")))


def _items_by_value(catalogue: Catalogue) -> dict[tuple[str, str], list[int]]:
    groups: dict[tuple[str, str], list[int]] = {}
    for name, column in catalogue.attributes.items():
        for item, values in enumerate(column):
            for value in values:
                groups.setdefault((name, value), []).append(item)
    return groups
