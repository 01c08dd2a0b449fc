from recexplainer_core.alignment.tasks.preference_summary import (
    leaning_examples,
    leanings,
)
from recexplainer_core.modes import ALIGNED
from tests.alignment.contexts import answer_text, context_of
from tests.fakes.tiny_lm import CATALOGUE


def test_a_leaning_is_what_is_more_frequent_than_in_the_catalogue():
    assert CATALOGUE.value_counts["genres", "horror"] / len(CATALOGUE) == 0.2
    assert leanings(CATALOGUE, [2, 3, 4, 5]) == ("drama",)
    assert leanings(CATALOGUE, [0, 1]) == ()


def test_every_mode_learns_summaries_in_words():
    for mode in ALIGNED:
        for example in leaning_examples(context_of(mode), 20):
            assert answer_text(example).endswith(".")
