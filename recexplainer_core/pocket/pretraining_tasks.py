"""The tasks' questions, answered from the catalogue alone: what the pocket LM reads before it meets the target.

It learns here how such questions are answered: which title to repeat, what two items share, how a reason is put.
What the target would answer is left to the alignment: histories are drawn at random, and nothing of the target or
of any user is in these texts. Where a vector will stand, a title stands here: an item's own in an item slot; in the
user slot that of the item to name, or of the item explained where that is a first choice, else any other.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import numpy as np

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.grammar.teacher import write
from recexplainer_core.lm.segments import Content, ItemSlot, Prompt, UserSlot
from recexplainer_core.modes import ALIGNED, AlignmentMode
from recexplainer_core.prompting import prompts
from recexplainer_core.prompting.descriptions import description, known_attributes
from recexplainer_core.prompting.questions import VARIANTS
from recexplainer_core.rationale.attribution import Attribution
from recexplainer_core.rationale.plan import Planner
from recexplainer_core.rationale.specification import MOST_NAMED, asked_for
from recexplainer_core.rationale.verdict import FIRST, LISTED

LONGEST_HISTORY = 10
RELATED, AGAINST = 4, 0.2
"""Most items of a history that are chosen because they share something, and how often one speaks against."""

QuestionAndAnswer = tuple[Prompt, Prompt]
"""A question and its answer."""


def next_item(catalogue: Catalogue, item: int, rng: random.Random) -> QuestionAndAnswer:
    """Ask for the next item; the answer stands in the user's slot."""
    mode = rng.choice((AlignmentMode.INTENTION, AlignmentMode.HYBRID))
    history = _random_items(catalogue, item, rng.randint(1, LONGEST_HISTORY), rng)
    question = prompts.next_item(catalogue, history, mode, rng.randrange(VARIANTS))
    return _without_slots(catalogue, question, item), (Content(catalogue.titles[item]),)


def describe_item(catalogue: Catalogue, item: int, rng: random.Random) -> QuestionAndAnswer:
    """Ask what an item is; its title stands in its slot."""
    known = known_attributes(catalogue, item)
    attributes = rng.sample(known, min(len(known), rng.randint(2, 4)))
    question = prompts.describe_item(catalogue, item, rng.choice(ALIGNED), rng.randrange(VARIANTS))
    return _without_slots(catalogue, question, item), description(catalogue, item, attributes, rng)


def rationale(
    catalogue: Catalogue,
    planner: Planner,
    groups: Mapping[tuple[str, str], Sequence[int]],
    item: int,
    rng: random.Random,
) -> QuestionAndAnswer:
    """Ask for a reason; the items that share the rarest attribute with the explained one carry it.

    Args:
        catalogue: items.
        planner: decides what is said.
        groups: (attribute, value) -> the items that have it.
        item: the explained item.
        rng: source of every choice.
    """
    mode = rng.choice((AlignmentMode.BEHAVIOUR, AlignmentMode.HYBRID))
    shared = [(name, value) for name in catalogue.attributes for value in catalogue.values(item, name)]
    related = [rng.choice(groups[rng.choice(shared)]) for _ in range(rng.randint(0, RELATED)) if shared]
    others = _random_items(catalogue, item, rng.randint(0, LONGEST_HISTORY), rng)
    history = [i for i in dict.fromkeys([*related, *others]) if i != item][:LONGEST_HISTORY]
    rng.shuffle(history)
    effects = np.array([planner.likeness(i, item) for i in history])
    if len(history) and rng.random() < AGAINST:
        effects[rng.randrange(len(history))] = -max(effects.max(), 0.01)
    first = rng.random() < 0.5
    rank = 1 if first else rng.choice((FIRST + 1, LISTED + 1, len(catalogue)))
    without = (rng.choice((1, LISTED + 1)),) * MOST_NAMED
    plan = planner.plan(Attribution(tuple(history), item, 1.0, rank, effects, effects, ranks_without=without))
    answer = write(catalogue, plan, rng)
    question = prompts.rationale(
        catalogue, history, item, mode, plan.verdict, rng.randrange(VARIANTS), asked_for(plan.specification)
    )
    in_user_slot = item if first else rng.randrange(len(catalogue))
    return _without_slots(catalogue, question, in_user_slot), answer


def _random_items(catalogue: Catalogue, item: int, n: int, rng: random.Random) -> list[int]:
    return [i for i in rng.sample(range(len(catalogue)), min(len(catalogue), n)) if i != item]


def _without_slots(catalogue: Catalogue, question: Prompt, in_user_slot: int) -> Prompt:
    segments = []
    for segment in question:
        if isinstance(segment, UserSlot | ItemSlot):
            item = segment.item if isinstance(segment, ItemSlot) else in_user_slot
            segment = Content(catalogue.titles[item])
        segments.append(segment)
    return tuple(segments)
