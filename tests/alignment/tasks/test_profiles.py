from recexplainer_core.alignment.tasks.profiles import (
    leaning_examples,
    leanings,
    recall_examples,
    value_shares,
)
from recexplainer_core.lm.segments import Content, UserSlot
from recexplainer_core.modes import ALIGNED, AlignmentMode
from tests.alignment.tasks.test_item_tasks import answer_text, asker_of
from tests.fakes.tiny_lm import CATALOGUE


def test_a_history_is_recalled_from_its_vector_alone():
    for example in recall_examples(asker_of(AlignmentMode.HYBRID), 10):
        assert not [s for s in example.prompt if isinstance(s, Content)]
        assert len([s for s in example.prompt if isinstance(s, UserSlot)]) == 1
        assert sorted(example.listed) == sorted(example.history)


def test_behaviour_has_no_vector_to_recall_from():
    assert recall_examples(asker_of(AlignmentMode.BEHAVIOUR), 10) == []


def test_a_leaning_is_what_is_more_frequent_than_in_the_catalogue():
    shares = value_shares(CATALOGUE)
    assert shares["genres", "horror"] == 0.2
    assert leanings(CATALOGUE, shares, [2, 3, 4, 5]) == ("drama",)
    assert leanings(CATALOGUE, shares, [0, 1]) == ()


def test_summaries_are_worded_in_every_mode():
    for mode in ALIGNED:
        for example in leaning_examples(asker_of(mode), 20):
            assert answer_text(example).endswith(".")
