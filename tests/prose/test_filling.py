import random

import pytest

from recexplainer_core.prose.filling import capitalised, expanded, listed, with_slots


def test_one_alternative_is_chosen_at_each_place():
    found = {expanded("a [b|c] d[, e|].", random.Random(seed)) for seed in range(40)}
    assert found == {"a b d, e.", "a c d, e.", "a b d.", "a c d."}


def test_what_an_empty_alternative_leaves_is_no_gap():
    assert {expanded("a [|] b [|].", random.Random(seed)) for seed in range(3)} == {"a b."}


def test_what_is_filled_in_is_not_read():
    assert with_slots("{a} and {b}", {"a": "{b} [x|y]", "b": "z"}) == "{b} [x|y] and z"


def test_a_slot_without_a_value_is_an_error():
    with pytest.raises(KeyError):
        with_slots("{a}", {})


@pytest.mark.parametrize(
    ("parts", "text"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_several_titles_are_listed(parts, text):
    assert listed(parts) == text


def test_a_sentence_begins_with_a_capital():
    assert capitalised("«alien» is.") == "«alien» is."
    assert capitalised("science fiction") == "Science fiction"
