from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from recexplainer_core.alignment.answers import OneOf, TitleOrNo
from recexplainer_core.alignment.tasks.evidence import evidence_examples
from recexplainer_core.alignment.tasks.next_item import next_item_examples
from recexplainer_core.histories import History
from recexplainer_core.lm.segments import Content, ItemSlot
from recexplainer_core.modes import ALIGNED, AlignmentMode
from recexplainer_core.rationale.attribution import attribute
from tests.alignment.contexts import context_of
from tests.fakes.tiny_lm import TITLES, target


def asked_about(example) -> int:
    slots = [segment.item for segment in example.prompt if isinstance(segment, ItemSlot)]
    titles = [TITLES.index(s.text) for s in example.prompt if isinstance(s, Content)]
    return (slots or titles[len(example.history) :])[0]


@pytest.mark.parametrize("mode", ALIGNED)
def test_which_item_decides_is_as_right_as_it_speaks_for_the_choice(mode):
    examples = [e for e in evidence_examples(context_of(mode), 80) if isinstance(e.answer, OneOf)]
    assert examples
    for example in examples:
        [[truth]] = attribute(target(), [History.of(example.history)], [[asked_about(example)]])
        assert example.answer.items == truth.history
        weights = np.array(example.answer.weights)
        assert weights.max() == 1.0 and (weights[truth.effects <= 0] == 0).all()
        assert weights.argmax() == truth.effects.argmax()


def test_removals_are_asked_and_nothing_is_put_into_words():
    examples = evidence_examples(context_of(AlignmentMode.HYBRID), 200)
    kinds = Counter(type(example.answer) for example in examples)
    assert kinds.keys() == {OneOf, TitleOrNo} and min(kinds.values()) > 5
    assert {e.answer.chance for e in examples if isinstance(e.answer, TitleOrNo)} <= {0.0, 1.0}


def test_a_history_is_asked_about_at_several_lengths_and_with_several_answers():
    context = replace(context_of(AlignmentMode.INTENTION), draws=3, prefixes=1)
    groups: dict[object, list[tuple[int, ...]]] = {}
    for example in next_item_examples(context, 60):
        assert example.user is not None
        groups.setdefault(example.user.later or example.user, []).append(example.history)
    assert groups
    for user, histories in groups.items():
        counts = Counter(histories)
        assert set(counts.values()) == {3}
        whole = max(counts, key=len)
        assert whole == user.history
        assert all(history == whole[: len(history)] for history in counts) and len(counts) <= 2
