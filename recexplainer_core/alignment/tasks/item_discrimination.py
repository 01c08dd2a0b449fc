"""Task 4, item discrimination: what an item is, and which other one the target holds most like it."""

from __future__ import annotations

import torch
import torch.nn.functional as F

from recexplainer_core.alignment.context import Example, TaskContext
from recexplainer_core.alignment.tasks.base import AlignmentTask
from recexplainer_core.lm.segments import Content
from recexplainer_core.prompting import prompts
from recexplainer_core.prompting.descriptions import description, known_attributes


def description_examples(context: TaskContext, per_item: int) -> list[Example]:
    """Ask so often for each item's title with some of its attributes, and once for the item most like it."""
    catalogue, rng = context.catalogue, context.rng
    nearest = nearest_items(context.recommender.item_vectors)
    examples: list[Example] = []
    for item in range(len(catalogue)):
        known = known_attributes(catalogue, item)
        for _ in range(per_item if known else 0):
            attributes = rng.sample(known, min(len(known), rng.randint(2, 4)))
            answer = description(catalogue, item, attributes, rng)
            question = prompts.describe_item(catalogue, item, context.form(), context.variant())
            examples.append(Example(question, answer))
        if per_item and len(catalogue) > 1:
            question = prompts.most_alike(catalogue, item, context.form(), context.variant())
            examples.append(Example(question, (Content(catalogue.titles[nearest[item]]),)))
    return examples


def nearest_items(item_vectors: torch.Tensor, at_once: int = 1024) -> list[int]:
    """Return for each item [n_items, d] the other one with the most similar vector, by cosine."""
    directions = F.normalize(item_vectors.float(), dim=1)
    nearest: list[int] = []
    for start in range(0, len(directions), at_once):
        cosines = directions[start : start + at_once] @ directions.T
        rows = torch.arange(len(cosines))
        cosines[rows, start + rows] = -torch.inf
        nearest += cosines.argmax(1).tolist()
    return nearest


TASK = AlignmentTask("item discrimination (descriptions of each item)", 3, description_examples, scales=False)
