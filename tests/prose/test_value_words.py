import random

import pytest

from recexplainer_core.prose.value_words import kind, taste, within_a_sentence


@pytest.mark.parametrize(
    ("attribute", "value", "written"),
    [
        ("genres", "Comedy", "comedy"),
        ("genres", "science fiction", "science fiction"),
        ("genres", "IMAX", "IMAX"),
        ("genres", "Sci-Fi", "Sci-Fi"),
        ("country", "USA", "the USA"),
        ("country", "Japan", "Japan"),
        ("director", "Agnès Varda", "Agnès Varda"),
    ],
)
def test_a_value_is_written_as_in_running_text(attribute, value, written):
    assert within_a_sentence(attribute, value) == written


def test_an_attribute_that_nobody_knows_is_named():
    rng = random.Random(0)
    assert {taste("finish", "matte", "lipsticks", rng) for _ in range(20)} >= {
        "lipsticks with the finish matte"
    }
    assert all("finish" in kind("finish", "matte", "lipsticks", rng) for _ in range(20))
