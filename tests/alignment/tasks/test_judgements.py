import pytest

from recexplainer_core.alignment.tasks.judgements import (
    chance_of_yes,
    interest_examples,
    ranking_examples,
    unseen_in_order,
)
from recexplainer_core.lm.segments import ItemSlot
from recexplainer_core.modes import ALIGNED, AlignmentMode
from tests.alignment.tasks.test_item_tasks import asker_of
from tests.fakes.tiny_lm import TITLES, target


def places(example) -> dict[str, int]:
    [order] = unseen_in_order(target(), [example.history])
    return {TITLES[item]: place for place, item in enumerate(order)}


@pytest.mark.parametrize("mode", ALIGNED)
def test_a_ranking_puts_all_asked_items_in_the_targets_order(mode):
    orders = set()
    for example in ranking_examples(asker_of(mode), 30):
        said = [TITLES[item] for item in example.ordered]
        order = [places(example)[title] for title in said]
        assert order == sorted(order)
        asked = [TITLES[s.item] for s in example.prompt if isinstance(s, ItemSlot)]
        if asked:
            assert sorted(asked) == sorted(said)
            orders.add(asked == said)
    assert not orders or False in orders


def test_yes_is_right_at_the_top_of_the_order_and_wrong_from_the_middle_on():
    examples = interest_examples(asker_of(AlignmentMode.INTENTION), 200)
    for example in examples:
        [item] = [s.item for s in example.prompt if isinstance(s, ItemSlot)]
        assert item == example.judged
        n_unseen = len(TITLES) - len(example.history)
        assert example.yes == chance_of_yes(places(example)[TITLES[item]] / n_unseen)
    assert {0.0, 1.0} < {example.yes for example in examples}


@pytest.mark.parametrize(
    ("percentile", "chance"), [(0.0, 1.0), (0.2, 1.0), (0.35, 0.5), (0.5, 0.0), (0.9, 0.0)]
)
def test_between_the_liked_and_the_disliked_both_answers_may_be_right(percentile, chance):
    assert chance_of_yes(percentile) == pytest.approx(chance)
