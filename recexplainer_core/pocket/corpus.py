"""The text that the pocket LM is trained on.

Facts, lists, questions with answers, some training users' histories, puzzles from which it learns to find and repeat
what stands in its context (the last title of a list, say), and pretraining tasks.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import asdict

from recexplainer_core.alignment.tasks.preference_summary import LEANINGS, NO_LEANING
from recexplainer_core.catalogue import Catalogue
from recexplainer_core.grammar.clauses import every_pattern
from recexplainer_core.histories import Histories, IntArray
from recexplainer_core.lm.segments import NO, Prompt, Template
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.pocket.pretraining_tasks import (
    QuestionAndAnswer,
    describe_item,
    next_item,
    rationale,
)
from recexplainer_core.prompting import prompts, questions
from recexplainer_core.prompting.descriptions import description, known_attributes, question_and_answer
from recexplainer_core.prompting.patterns import blank, fill, joined
from recexplainer_core.prompting.prompts import history_to_continue, listed_titles
from recexplainer_core.prompting.questions import VARIANTS
from recexplainer_core.rationale.plan import Planner
from recexplainer_core.rationale.specification import every_specification

LONGEST_LIST = 12
HISTORIES = 300
"""Users whose histories are read. A language model knows the form of such lists; these users' tastes it should
hear of from the target, or the model before alignment would be a second recommender."""
_TIMES = {
    "facts": 2,
    "question": 6,
    "alike": 1,
    "puzzle": 1,
    "next item": 2,
    "rationale": 6,
    "describe": 1,
}
"""How often each item is the subject of each kind of text in one pass."""


def task_texts(catalogue: Catalogue) -> list[Prompt]:
    """Return our own text of every task once, so that the tokenizer knows its words; the model does not read it."""
    words = asdict(catalogue.wording).values()
    c, mode = catalogue, AlignmentMode.HYBRID
    asked = [
        prompt
        for n in range(VARIANTS)
        for prompt in (
            prompts.next_item(c, [0], mode, n),
            *(prompts.rationale(c, [0], 0, mode, verdict, n) for verdict in questions.WHY),
            *(prompts.contrast(c, [0], 0, 0, mode, verdict, n) for verdict in questions.RATHER),
            prompts.deciding(c, [0], 0, mode, n),
            prompts.listed_without(c, [0], 0, [0], mode, n),
            prompts.describe_item(c, 0, mode, n),
            prompts.rank_items(c, [0], [0, 0], mode, n),
            prompts.interest(c, [0], 0, mode, n),
            prompts.most_alike(c, 0, mode, n),
            prompts.leaning(c, [0], mode, n),
            prompts.recall_history(c, n),
        )
    ]
    patterns = (*every_pattern(), *map(blank, LEANINGS), *NO_LEANING, " ".join(words))
    specifications = [
        prompts.rationale(c, [0], 0, mode, "first", asks_for=specification.pattern)
        for specification in every_specification()
    ]
    return [*asked, *specifications, (NO,), *((Template(text),) for text in patterns)]


def documents(
    catalogue: Catalogue, histories: Histories, training_users: IntArray, rng: random.Random
) -> Iterator[QuestionAndAnswer]:
    """Yield one pass of the corpus in random order, in new words each time.

    A question is read only, an answer is learnt; plain text is an answer to nothing.

    Args:
        catalogue: items; all of them are described.
        histories: everybody's histories.
        training_users: the users whose histories may be read; no other's are.
        rng: source of every choice.
    """
    read = training_users[:: max(1, len(training_users) // HISTORIES)]
    kinds = [("history", int(user)) for user in read[:HISTORIES]]
    for kind, times in _TIMES.items():
        kinds += [(kind, item) for item in range(len(catalogue)) for _ in range(times)]
    rng.shuffle(kinds)
    groups, planner = _items_by_value(catalogue), Planner(catalogue)
    for kind, index in kinds:
        known = known_attributes(catalogue, index) if kind != "history" else []
        match kind:
            case "history":
                listed = history_to_continue(catalogue, [int(i) for i in histories[index]])
                yield (), joined((*listed[:-1], Template(".")))
            case "puzzle":
                yield _puzzle(catalogue, index, rng)
            case "next item":
                yield next_item(catalogue, index, rng)
            case "rationale":
                yield rationale(catalogue, planner, groups, index, rng)
            case "describe":
                yield describe_item(catalogue, index, rng)
            case "facts":
                attributes = rng.sample(known, min(len(known), rng.randint(2, 5)))
                yield (), description(catalogue, index, attributes, rng)
            case "question":
                if exchange := question_and_answer(catalogue, index, rng):
                    asked, answer = exchange
                    yield joined((*asked, Template("\n"))), answer
            case "alike" if known:
                name = rng.choice(known)
                value = rng.choice(catalogue.values(index, name))
                yield (), _list(catalogue, name, value, groups[name, value], rng)


def _puzzle(catalogue: Catalogue, item: int, rng: random.Random) -> QuestionAndAnswer:
    words = catalogue.wording
    others = rng.sample(range(len(catalogue)), min(len(catalogue), rng.randint(1, 8)))
    listed = [i for i in others if i != item]
    place = rng.randint(0, len(listed))
    listed.insert(place, item)
    names = [f"in place {place + 1}", "at the beginning", "at the end", "that stands alone"]
    true = [True, place == 0, place == len(listed) - 1, len(listed) == 1]
    name = rng.choice([name for name, fits in zip(names, true, strict=True) if fits])
    puzzles: list[tuple[Prompt, list[int]]] = [
        ((Template(f"The {words.item} {name}: "),), [item]),
        ((Template("Again: "),), listed),
    ]
    if place > 0:
        puzzles.append((fill("Behind {before}: ", {"before": catalogue.titles[listed[place - 1]]}), [item]))
    asked, answer = rng.choice(puzzles)
    question = joined((*listed_titles(catalogue, listed), Template(".\n"), *asked))
    return question, joined((*listed_titles(catalogue, answer), Template(".")))


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
