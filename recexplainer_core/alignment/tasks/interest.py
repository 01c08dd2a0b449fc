"""Task 3, interest classification: whether the target would recommend an item; yes is said by naming it."""

from __future__ import annotations

from recexplainer_core.alignment.answers import TitleOrNo
from recexplainer_core.alignment.context import Example, TaskContext
from recexplainer_core.alignment.target_order import BANDS, chance_of_yes, users_with_orders
from recexplainer_core.alignment.tasks.base import AlignmentTask
from recexplainer_core.prompting import prompts


def interest_examples(context: TaskContext, n: int) -> list[Example]:
    """Ask n users about items of the whole order; between the bands of yes and no, both answers may be right.

    The model says yes by naming the item: so it has to weigh the title as it does when it names the next item, and
    learns from one task for the other. Asked for "Yes", it stayed at .70 where popularity alone gives .72.
    """
    examples: list[Example] = []
    for user, order in users_with_orders(context, n):
        low, high = context.rng.choice(BANDS)
        place = min(int(context.rng.uniform(low, high) * len(order)), len(order) - 1)
        item = int(order[place])
        question = prompts.interest(context.catalogue, user.history, item, user.form, context.variant())
        examples.append(Example(question, TitleOrNo(item, chance_of_yes(place / len(order))), user))
    return examples


TASK = AlignmentTask("interest classification", 10_000, interest_examples)
