import random

import numpy as np
import pytest
import torch

from recexplainer_core.alignment.augmentation import HistorySampler
from recexplainer_core.alignment.batches import grouped_by_user
from recexplainer_core.alignment.context import FORMS, TaskContext
from recexplainer_core.alignment.tasks.item_tasks import (
    description_examples,
    nearest_items,
    next_item_examples,
)
from recexplainer_core.alignment.tasks.rationale import rationale_examples
from recexplainer_core.histories import Histories
from recexplainer_core.lm.segments import Content, ItemSlot, UserSlot
from recexplainer_core.modes import AlignmentMode
from tests.fakes.tiny_lm import CATALOGUE, TITLES, target

HISTORIES = Histories.from_lists([[0, 1, 2, 3], [4, 5, 7, 8], [9, 1, 0]])


def asker_of(mode: AlignmentMode) -> TaskContext:
    sampler = HistorySampler(HISTORIES, np.arange(3), 10, 0.5, random.Random(0))
    return TaskContext(CATALOGUE, target(), sampler, FORMS[mode], random.Random(0))


def answer_text(example) -> str:
    return "".join(segment.text for segment in example.answer)


def shown(example) -> tuple[bool, bool]:
    """Whether titles and vectors stand in the question."""
    return tuple(any(isinstance(s, kind) for s in example.prompt) for kind in (Content, UserSlot | ItemSlot))


def test_the_next_item_is_left_to_the_target():
    examples = next_item_examples(asker_of(AlignmentMode.BEHAVIOUR), 40)
    assert all(example.answer is None for example in examples)
    assert len({example.history for example in examples}) > 5


@pytest.mark.parametrize(
    ("mode", "forms"),
    [
        (AlignmentMode.BEHAVIOUR, {(True, False)}),
        (AlignmentMode.INTENTION, {(False, True)}),
        (AlignmentMode.HYBRID, {(True, False), (False, True), (True, True)}),
    ],
)
def test_hybrid_learns_from_titles_from_vectors_and_from_both(mode, forms):
    context = asker_of(mode)
    assert {shown(example) for example in next_item_examples(context, 60)} == forms
    assert {shown(example) for example in rationale_examples(context, 60)} == forms


def test_every_task_asks_about_the_same_users():
    context = asker_of(AlignmentMode.HYBRID)
    asked = next_item_examples(context, 40)
    reasons = rationale_examples(context, 60)
    assert {example.user for example in reasons} <= {example.user for example in asked}
    together = grouped_by_user([*asked, *reasons, *description_examples(context, 1)])
    assert sum(map(len, together)) > len(together) > 40
    for group in together:
        assert len({example.user for example in group}) == 1


def test_descriptions_say_what_the_catalogue_says():
    examples = description_examples(asker_of(AlignmentMode.BEHAVIOUR), 2)
    assert "horror" in answer_text(examples[0])
    assert answer_text(examples[2]) == TITLES[nearest_items(target().item_vectors)[0]]


def test_the_nearest_item_is_another_one_of_the_same_direction():
    vectors = torch.tensor([[1.0, 0.0], [0.0, 1.0], [5.0, 0.5], [0.1, 9.0]])
    assert nearest_items(vectors, at_once=3) == [2, 3, 0, 1]
