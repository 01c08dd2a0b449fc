import pytest
import torch

from recexplainer_core.decoding.citation_guard import CitationGuard
from recexplainer_core.decoding.path_weights import PathWeights
from recexplainer_core.decoding.title_trie import TitleTrie
from tests.fakes.guarded import ANYTHING, CLOSING, MARKS, OPENING, allowed


@pytest.mark.parametrize(
    ("said", "next_tokens"),
    [
        ([0], [t for t in ANYTHING if t != 9]),
        ([0, OPENING], [1]),
        ([0, OPENING, 1], [2, CLOSING]),
        ([0, OPENING, 1, 2], [CLOSING]),
        ([0, OPENING, 1, CLOSING], [t for t in ANYTHING if t != 9]),
        ([0, OPENING, 1, CLOSING, OPENING], [1]),
        ([0, OPENING, 1, CLOSING, OPENING, 1], [2]),
        ([0, OPENING, 1, 2, CLOSING, OPENING, 1], [CLOSING]),
        ([OPENING, 1, 2, CLOSING, OPENING, 1, CLOSING], [t for t in ANYTHING if t not in (9, OPENING)]),
    ],
)
def test_a_citation_can_only_be_one_of_the_titles_and_each_once(said, next_tokens):
    assert allowed(CitationGuard(TitleTrie([[1], [1, 2]]), MARKS), said) == next_tokens


def test_a_reasons_title_is_weighed_and_the_others_are_left_to_the_model():
    titles = TitleTrie([[1], [2, 3], [2, 4]])
    first_only = CitationGuard(
        titles, MARKS, PathWeights(titles, [0.1, 0.5, 1.0]), lambda said, cited: not cited
    )

    def preferred(said: list[int]) -> int:
        scores = torch.zeros(1, 10)
        scores[0, [1, 3]] = 0.5  # what the model itself prefers, a little
        return int(first_only(torch.tensor([said]), scores).argmax())

    assert [preferred([OPENING]), preferred([OPENING, 2])] == [2, 4]
    behind = [OPENING, 2, 4, CLOSING, OPENING]
    assert [preferred(behind), preferred([*behind, 2])] == [1, 3]
