from recexplainer_core.alignment.target_order import chance_of_yes
from recexplainer_core.alignment.tasks.interest import interest_examples
from recexplainer_core.lm.segments import ItemSlot
from recexplainer_core.modes import AlignmentMode
from tests.alignment.contexts import context_of, places
from tests.fakes.tiny_lm import TITLES


def test_yes_is_right_at_the_top_of_the_order_and_wrong_from_the_middle_on():
    examples = interest_examples(context_of(AlignmentMode.INTENTION), 200)
    for example in examples:
        [item] = [s.item for s in example.prompt if isinstance(s, ItemSlot)]
        assert item == example.answer.item
        n_unseen = len(TITLES) - len(example.history)
        assert example.answer.chance == chance_of_yes(places(example)[TITLES[item]] / n_unseen)
    assert {0.0, 1.0} < {example.answer.chance for example in examples}
