import pytest

from recexplainer_core.alignment.tasks.ranking import ranking_examples
from recexplainer_core.lm.segments import ItemSlot
from recexplainer_core.modes import ALIGNED
from tests.alignment.contexts import context_of, places
from tests.fakes.tiny_lm import TITLES


@pytest.mark.parametrize("mode", ALIGNED)
def test_a_ranking_puts_all_asked_items_in_the_targets_order(mode):
    orders = set()
    for example in ranking_examples(context_of(mode), 30):
        answer = [TITLES[item] for item in example.answer.items]
        order = [places(example)[title] for title in answer]
        assert order == sorted(order)
        asked = [TITLES[s.item] for s in example.prompt if isinstance(s, ItemSlot)]
        if asked:
            assert sorted(asked) == sorted(answer)
            orders.add(asked == answer)
    assert not orders or False in orders
