"""Task 6, preference summary: the attributes that the target's first recommendations share most remarkably."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Sequence

from recexplainer_core.alignment.context import Example, TaskContext
from recexplainer_core.alignment.tasks.base import AlignmentTask
from recexplainer_core.catalogue import Catalogue
from recexplainer_core.lm.segments import Prompt, Template
from recexplainer_core.prompting import prompts
from recexplainer_core.prompting.descriptions import values_listed
from recexplainer_core.prompting.patterns import fill
from recexplainer_core.recommenders.base import top_items

CONSIDERED, NAMED, FEWEST = 20, 3, 3
"""First recommendations that a summary considers, values it names at most, recommendations that must share one."""
LEANINGS = (
    "The suggestions lean towards {values}.",
    "This {user} is mostly offered {values}.",
    "A preference for {values}.",
    "What stands out among the suggestions: {values}.",
)
NO_LEANING = ("The suggestions have little in common.", "No clear preference.")


def leaning_examples(context: TaskContext, n: int) -> list[Example]:
    """Ask what the recommendations for n users have in common."""
    catalogue = context.catalogue
    examples: list[Example] = []
    for users in context.users(n):
        lists = top_items(context.recommender, [user.history for user in users], CONSIDERED)
        for user, ranked in zip(users, lists, strict=True):
            values = leanings(catalogue, [r.item for r in ranked])
            answer = summary(catalogue, values, context.rng)
            question = prompts.leaning(catalogue, user.history, user.form, context.variant())
            examples.append(Example(question, answer, user))
    return examples


def leanings(catalogue: Catalogue, items: Sequence[int]) -> tuple[str, ...]:
    """Return the values that the items share far more often than the catalogue does, the most remarkable first."""
    counts = Counter(
        (name, value)
        for item in items
        for name in catalogue.attributes
        for value in catalogue.values(item, name)
    )
    surprise = {}
    for key, count in counts.items():
        frequency, usual = count / len(items), catalogue.value_counts[key] / len(catalogue)
        if count >= FEWEST and frequency > usual:
            surprise[key] = count * math.log(frequency / usual)
    best = sorted(surprise, key=lambda key: (-surprise[key], key))
    return tuple(dict.fromkeys(value for _, value in best))[:NAMED]


def summary(catalogue: Catalogue, values: tuple[str, ...], rng: random.Random) -> Prompt:
    """Return a preference summary in words."""
    if not values:
        return (Template(rng.choice(NO_LEANING)),)
    user: Prompt = (Template(catalogue.wording.user),)
    return fill(rng.choice(LEANINGS), {"values": values_listed(values), "user": user})


TASK = AlignmentTask("preference summary", 3_000, leaning_examples)
