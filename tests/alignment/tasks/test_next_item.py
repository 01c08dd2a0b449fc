from dataclasses import replace

import pytest

from recexplainer_core.alignment.batches import grouped_by_user
from recexplainer_core.alignment.tasks.item_discrimination import description_examples
from recexplainer_core.alignment.tasks.next_item import AnyUnseen, NextOfList, next_item_examples
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


def test_what_comes_next_is_asked_in_passing_behind_every_title_but_the_last():
    context = replace(context_of(AlignmentMode.BEHAVIOUR), in_passing=True)
    examples = next_item_examples(context, 40)
    whole = {example.user: example for example in examples if not example.goes_on}
    for user, example in whole.items():
        asked = [e for e in examples if e.goes_on and e.user.later is user]
        assert [e.history for e in asked] == [user.history[:n] for n in range(1, len(user.history))]
        assert all(e.answer == NextOfList(e.history) for e in asked)
        assert all(e.prompt[: len(e.prompt) - 1] == example.prompt[: len(e.prompt) - 1] for e in asked)
    assert any(example.goes_on for example in examples)


def test_nothing_is_asked_in_passing_where_a_vector_tells_the_rest():
    context = replace(context_of(AlignmentMode.HYBRID), in_passing=True)
    asked = [example for example in next_item_examples(context, 60) if example.goes_on]
    assert asked and {shown(example) for example in asked} == {(True, False)}


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
