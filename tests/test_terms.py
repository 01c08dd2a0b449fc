import pytest

from recexplainer_core.terms import TERMS, definition, find_term


def test_every_definition_is_a_sentence_without_its_end():
    for text in TERMS.values():
        assert text[0].islower() or text.startswith("Kendall") or text[0] == "."
        assert not text.endswith(".")


@pytest.mark.parametrize(
    ("words", "term"),
    [
        ("what is rank-biased overlap?", "rank-biased overlap"),
        ("what does Acc@1 mean", "Acc@1"),
        ("why", None),
    ],
)
def test_a_term_is_found_whatever_its_case(words: str, term: str | None):
    assert find_term(words) == term


def test_a_definition_names_its_term():
    assert definition("held-out") == f"Held-out: {TERMS['held-out']}."
