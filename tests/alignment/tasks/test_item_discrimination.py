import torch

from recexplainer_core.alignment.tasks.item_discrimination import description_examples, nearest_items
from recexplainer_core.modes import AlignmentMode
from tests.alignment.contexts import answer_text, context_of
from tests.fakes.tiny_lm import TITLES, target


def test_descriptions_say_what_the_catalogue_says():
    examples = description_examples(context_of(AlignmentMode.BEHAVIOUR), 2)
    assert "horror" in answer_text(examples[0])
    assert answer_text(examples[2]) == TITLES[nearest_items(target().item_vectors)[0]]


def test_the_nearest_item_is_another_one_of_the_same_direction():
    vectors = torch.tensor([[1.0, 0.0], [0.0, 1.0], [5.0, 0.5], [0.1, 9.0]])
    assert nearest_items(vectors, at_once=3) == [2, 3, 0, 1]
