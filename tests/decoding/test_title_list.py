import torch

from recexplainer_core.decoding.title_list import ListRules, OnlyTitleLists
from recexplainer_core.decoding.title_trie import TitleTrie

END, SEP, SPACE = 0, 8, 9
TITLES = [(1, END), (1, 2, END), (3, END)]
"""The first is the beginning of the second."""
TRIE = TitleTrie(TITLES)


def allowed(rules: ListRules, said: list[int]) -> set[int]:
    guard = OnlyTitleLists([rules], (SEP, SPACE), END)
    scores = guard(torch.tensor([said], dtype=torch.long).reshape(1, len(said)), torch.zeros(1, 10))
    return {int(token) for token in torch.isfinite(scores[0]).nonzero()}


def test_every_title_once_with_separators_between_until_all_are_said():
    rules = ListRules(TRIE, 3, 3)
    assert allowed(rules, []) == {1, 3}
    assert allowed(rules, [1]) == {2, SEP}
    assert allowed(rules, [1, SEP]) == {SPACE}
    assert allowed(rules, [1, SEP, SPACE]) == {1, 3}
    assert allowed(rules, [1, SEP, SPACE, 1]) == {2}
    assert allowed(rules, [1, SEP, SPACE, 1, 2, SEP, SPACE, 3]) == {END}
    assert allowed(rules, [1, SEP, SPACE, 1, 2, SEP, SPACE, 3, END]) == {END}


def test_a_list_may_end_early_where_fewer_will_do():
    rules = ListRules(TRIE, 1, 2)
    assert allowed(rules, [3]) == {SEP, END}
    assert allowed(rules, [3, SEP, SPACE, 1]) == {2, END}


def test_what_was_listed_is_read_back():
    guard = OnlyTitleLists([ListRules(TRIE, 1, 3)], (SEP, SPACE), END)
    assert guard.titles(0, [1, SEP, SPACE, 3]) == [0, 2]
    assert guard.titles(0, [1, 2]) == [1]
    assert guard.titles(0, []) == []


def test_a_title_that_goes_on_with_the_separator_is_meant_whole():
    trie = TitleTrie([(1, END), (1, SEP, 4, END)])
    guard = OnlyTitleLists([ListRules(trie, 2, 2)], (SEP, SPACE), END)
    assert guard.titles(0, [1, SEP, 4]) == [1]
    assert allowed(ListRules(trie, 2, 2), [1]) == {SEP}
