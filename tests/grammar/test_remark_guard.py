import pytest
import torch

from recexplainer_core.decoding.title_trie import TitleTrie
from recexplainer_core.grammar.remark_guard import Remark, RemarkGuard
from tests.fakes.guarded import ANYTHING, BLANK, BRACKET, CLOSING, END, MARKS, OPENING, allowed

DRAMA, JAPAN = ("genres", "drama"), ("country", "Japan")


@pytest.mark.parametrize(
    ("said", "next_tokens"),
    [
        ([0], ANYTHING),
        ([OPENING, 1, CLOSING], [t for t in ANYTHING if t != BLANK]),
        ([OPENING, 1, CLOSING, BRACKET], [3]),
        ([OPENING, 1, CLOSING, BRACKET, 3], [2, 4]),
        ([OPENING, 1, CLOSING, BRACKET, 3, 4], [END]),
        ([OPENING, 1, CLOSING, BRACKET, 3, 2], [END, 4]),
        ([OPENING, 1, CLOSING, BRACKET, 3, 4, END], ANYTHING),
        ([OPENING, 1, CLOSING, 4, BRACKET], ANYTHING),
        ([OPENING, 2, CLOSING], [t for t in ANYTHING if t not in (BRACKET, BLANK)]),
        ([OPENING, 2, CLOSING, BLANK], [t for t in ANYTHING if t not in (BRACKET, BLANK)]),
        ([OPENING, 1, CLOSING, 0, OPENING, 2, CLOSING], [t for t in ANYTHING if t not in (BRACKET, BLANK)]),
    ],
)
def test_a_remark_can_only_be_one_that_is_true_of_the_cited_title(said, next_tokens):
    guard = RemarkGuard(
        TitleTrie([[1], [2]]),
        {
            0: [Remark(way, DRAMA, 1.0) for way in ((BRACKET, 3, 4), (BRACKET, 3, 2), (BRACKET, 3, 2, 4))],
            1: [],
        },
        MARKS,
    )
    assert allowed(guard, said) == next_tokens


@pytest.mark.parametrize(
    ("repeated", "said", "preferred"),
    [
        (0.1, [OPENING, 2, CLOSING, BRACKET], 3),
        (0.1, [OPENING, 1, CLOSING, 4, OPENING, 2, CLOSING, BRACKET], 3),
        (0.1, [OPENING, 1, CLOSING, BRACKET, 3, END, OPENING, 2, CLOSING, BRACKET], 4),
        (0.1, [OPENING, 1, CLOSING, BRACKET, 4, END, OPENING, 2, CLOSING, BRACKET], 3),
        (0.8, [OPENING, 1, CLOSING, BRACKET, 3, END, OPENING, 2, CLOSING, BRACKET], 3),
        (0.0, [OPENING, 1, CLOSING, BRACKET, 3, END, OPENING, 2, CLOSING, BRACKET], 4),
    ],
)
def test_a_remark_that_has_been_made_weighs_less(repeated, said, preferred):
    ways = [Remark((BRACKET, 3), DRAMA, 1.0), Remark((BRACKET, 4), JAPAN, 0.5)]
    guard = RemarkGuard(TitleTrie([[1], [2]]), {0: ways, 1: ways}, MARKS, repeated)
    assert int(guard(torch.tensor([said]), torch.zeros(1, 10)).argmax()) == preferred


def test_where_all_has_been_said_it_may_be_said_again():
    ways = [Remark((BRACKET, 3), DRAMA, 1.0)]
    guard = RemarkGuard(TitleTrie([[1], [2]]), {0: ways, 1: ways}, MARKS, 0.0)
    assert allowed(guard, [OPENING, 1, CLOSING, BRACKET, 3, END, OPENING, 2, CLOSING, BRACKET]) == [3]
