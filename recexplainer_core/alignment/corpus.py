"""The text that the pocket LM is trained on: facts, lists, questions with answers, and training users' histories."""

from __future__ import annotations

import random
from collections.abc import Iterator

from recexplainer_core.alignment.facts import (
    QUESTION_OTHERWISE,
    QUESTIONS,
    description,
    known_attributes,
    values_listed,
)
from recexplainer_core.catalogue import Catalogue
from recexplainer_core.histories import Histories, IntArray
from recexplainer_core.rationale.wording import fill, joined
from recexplainer_core.surrogate.prompts import (
    Prompt,
    Template,
    history_to_continue,
    listed_titles,
)

LONGEST_LIST = 12


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
    rng.shuffle(kinds)
    groups = _items_by_value(catalogue)
    for kind, index in kinds:
        if kind == "user":
            listed = history_to_continue(catalogue, [int(i) for i in histories[index]])
            yield joined((*listed[:-1], Template(".")))
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
