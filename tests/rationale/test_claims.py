from recexplainer_core.rationale.reading import citations
from tests.fakes.tiny_lm import CATALOGUE


def test_citations_are_found_where_they_stand_and_resolved_by_the_catalogue():
    text = "Because of «the third man» and «No Such Film», and «Ali"
    first, second = citations(text, CATALOGUE)
    assert text[first.start : first.end] == "«the third man»"
    assert (first.item, second.item, second.title) == (4, None, "No Such Film")
