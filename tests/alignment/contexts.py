"""What the tests of the tasks draw examples from."""

import random

import numpy as np

from recexplainer_core.alignment.augmentation import HistorySampler
from recexplainer_core.alignment.context import FORMS, Example, Exchange, TaskContext
from recexplainer_core.alignment.target_order import unseen_in_order
from recexplainer_core.histories import Histories
from recexplainer_core.modes import AlignmentMode
from tests.fakes.tiny_lm import CATALOGUE, TITLES, target

HISTORIES = Histories.from_lists([[0, 1, 2, 3], [4, 5, 7, 8], [9, 1, 0]])


def context_of(mode: AlignmentMode, exchanges: tuple[Exchange, ...] = ()) -> TaskContext:
    sampler = HistorySampler(HISTORIES, np.arange(3), 10, 0.5, random.Random(0))
    return TaskContext(CATALOGUE, target(), sampler, FORMS[mode], random.Random(0), exchanges)


def answer_text(example: Example) -> str:
    assert isinstance(example.answer, tuple)
    return "".join(segment.text for segment in example.answer)


def places(example: Example) -> dict[str, int]:
    """Title -> its place in the target's order for the example's user."""
    [order] = unseen_in_order(target(), [example.history])
    return {TITLES[item]: place for place, item in enumerate(order)}
