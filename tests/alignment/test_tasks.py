import random

import numpy as np
import pytest

from recexplainer_core.alignment.augmentation import HistorySampler
from recexplainer_core.alignment.tasks import description_examples, next_item_examples, rationale_examples
from recexplainer_core.histories import Histories
from recexplainer_core.rationale.claims import citations
from recexplainer_core.surrogate.modes import ALIGNED, AlignmentMode
from recexplainer_core.surrogate.prompts import ItemSlot
from tests.surrogate.tiny_lm import CATALOGUE, target

HISTORIES = Histories.from_lists([[0, 1, 2, 3], [4, 5, 7, 8], [9, 1, 0]])


@pytest.fixture
def sampler() -> HistorySampler:
    return HistorySampler(HISTORIES, np.arange(3), 10, 0.5, random.Random(0))


def answer_text(example) -> str:
    return "".join(segment.text for segment in example.answer)


def test_the_next_item_is_left_to_the_target(sampler):
    examples = next_item_examples(CATALOGUE, sampler, AlignmentMode.HYBRID, 40, random.Random(0))
    assert all(example.answer is None for example in examples)
    assert len({example.history for example in examples}) > 5


@pytest.mark.parametrize("mode", ALIGNED)
def test_rationales_are_about_the_asked_item_and_cite_its_history(sampler, mode):
    for example in rationale_examples(CATALOGUE, target(), sampler, mode, 40, random.Random(0)):
        cited = {c.item for c in citations(answer_text(example), CATALOGUE)}
        slots = [s.item for s in example.prompt if isinstance(s, ItemSlot)]
        [item] = cited - set(example.history)
        assert slots == ([item] if mode.shows_vectors else [])


def test_descriptions_say_what_the_catalogue_says():
    for example in description_examples(CATALOGUE, AlignmentMode.BEHAVIOUR, 2, random.Random(0))[:4]:
        assert "horror" in answer_text(example)
