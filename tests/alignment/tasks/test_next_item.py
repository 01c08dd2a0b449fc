import pytest

from recexplainer_core.alignment.batches import grouped_by_user
from recexplainer_core.alignment.tasks.item_discrimination import description_examples
from recexplainer_core.alignment.tasks.next_item import AnyUnseen, next_item_examples
from recexplainer_core.alignment.tasks.rationale import rationale_examples
from recexplainer_core.lm.segments import Content, ItemSlot, UserSlot
from recexplainer_core.modes import AlignmentMode
from tests.alignment.contexts import context_of


def shown(example) -> tuple[bool, bool]:
    """Whether titles and vectors stand in the question."""
    return tuple(any(isinstance(s, kind) for s in example.prompt) for kind in (Content, UserSlot | ItemSlot))


def test_the_next_item_is_left_to_the_target():
    examples = next_item_examples(context_of(AlignmentMode.BEHAVIOUR), 40)
    assert all(example.answer == AnyUnseen(example.history) for example in examples)
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
    context = context_of(mode)
    assert {shown(example) for example in next_item_examples(context, 60)} == forms
    assert {shown(example) for example in rationale_examples(context, 60)} == forms


def test_every_task_asks_about_the_same_users():
    context = context_of(AlignmentMode.HYBRID)
    asked = next_item_examples(context, 40)
    reasons = rationale_examples(context, 60)
    assert {example.user for example in reasons} <= {example.user for example in asked}
    together = grouped_by_user([*asked, *reasons, *description_examples(context, 1)])
    assert sum(map(len, together)) > len(together) > 40
    for group in together:
        assert len({example.user for example in group}) == 1
