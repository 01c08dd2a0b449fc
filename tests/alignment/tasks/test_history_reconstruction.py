from recexplainer_core.alignment.tasks.history_reconstruction import TASK
from recexplainer_core.lm.segments import Content, UserSlot
from recexplainer_core.modes import AlignmentMode
from tests.alignment.contexts import context_of


def test_a_history_is_recalled_from_its_vector_alone():
    examples = TASK.examples(context_of(AlignmentMode.HYBRID), 10)
    assert examples
    for example in examples:
        assert not [s for s in example.prompt if isinstance(s, Content)]
        assert len([s for s in example.prompt if isinstance(s, UserSlot)]) == 1
        assert sorted(example.answer.items) == sorted(example.history)


def test_behaviour_has_no_vector_to_recall_from():
    assert TASK.examples(context_of(AlignmentMode.BEHAVIOUR), 10) == []
