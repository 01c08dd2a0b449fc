"""Task 6: the user's items recalled from the target's vector, and a summary of what the target prefers for the user."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Sequence

from recexplainer_core.alignment.context import Example, TaskContext, UserContext
from recexplainer_core.catalogue import Catalogue
from recexplainer_core.lm.segments import Prompt, Template
from recexplainer_core.modes import AlignmentMode
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


def recall_examples(context: TaskContext, n: int) -> list[Example]:
    """History reconstruction, from the user's vector alone; in behaviour mode there is none to recall from.

    Any order is right, so that the model says first what it is surest of.
    """
    if not any(form.shows_vectors for form in context.forms):
        return []
    catalogue, rng = context.catalogue, context.rng
    return [
        Example(
            prompts.recall_history(catalogue, context.wording()),
            None,
            UserContext(user.history, AlignmentMode.INTENTION),
            listed=tuple(rng.sample(user.history, len(user.history))),
        )
        for users in context.users(n)
        for user in users
    ]


def leaning_examples(context: TaskContext, n: int) -> list[Example]:
    """Preference summary: the attributes that the target's first recommendations share most remarkably."""
    catalogue = context.catalogue
    shares = value_shares(catalogue)
    examples: list[Example] = []
    for users in context.users(n):
        lists = top_items(context.recommender, [user.history for user in users], CONSIDERED)
        for user, ranked in zip(users, lists, strict=True):
            values = leanings(catalogue, shares, [r.item for r in ranked])
            answer = say_leanings(catalogue, values, context.rng)
            question = prompts.leaning(catalogue, user.history, user.form, context.wording())
            examples.append(Example(question, answer, user))
    return examples


def value_shares(catalogue: Catalogue) -> dict[tuple[str, str], float]:
    """Return (attribute, value) -> share of the catalogue's items that have it."""
    counts = Counter(
        (name, value) for name in catalogue.attributes for item in range(len(catalogue))
        for value in catalogue.values(item, name)
    )  # fmt: skip
    return {key: count / len(catalogue) for key, count in counts.items()}


def leanings(
    catalogue: Catalogue, shares: dict[tuple[str, str], float], items: Sequence[int]
) -> tuple[str, ...]:
    """Return the values that the items share far more often than the catalogue does, the most remarkable first."""
    counts = Counter(
        (name, value)
        for item in items
        for name in catalogue.attributes
        for value in catalogue.values(item, name)
    )
    surprise = {
        key: count * math.log(count / len(items) / shares[key])
        for key, count in counts.items()
        if count >= FEWEST and count / len(items) > shares[key]
    }
    best = sorted(surprise, key=lambda key: (-surprise[key], key))
    return tuple(dict.fromkeys(value for _, value in best))[:NAMED]


def say_leanings(catalogue: Catalogue, values: tuple[str, ...], rng: random.Random) -> Prompt:
    """Word a preference summary."""
    if not values:
        return (Template(rng.choice(NO_LEANING)),)
    user: Prompt = (Template(catalogue.wording.user),)
    return fill(rng.choice(LEANINGS), {"values": values_listed(values), "user": user})
