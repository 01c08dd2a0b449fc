import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recexplainer_core.decoding.title_trie import TitleTrie

END = 9
sequences = st.lists(
    st.lists(st.integers(0, 4), min_size=1, max_size=5), min_size=1, max_size=30, unique_by=tuple
)


@given(sequences)
def test_it_holds_the_titles_and_nothing_else(titles):
    closed = [[*title, END] for title in titles]
    trie = TitleTrie(closed)
    assert [trie.title_at[trie.walk(title)] for title in closed] == list(range(len(titles)))
    said = {tuple(title[:n]) for title in closed for n in range(len(title) + 1)}
    assert len(trie.tokens) == len(said)
    for prefix in said:
        _, tokens = trie.children(trie.walk(prefix))
        assert sorted(tokens) == sorted({p[len(prefix)] for p in said if p[:-1] == prefix and p})
    assert trie.walk([*closed[0], 0]) is None


@given(sequences, st.data())
def test_exhausted_nodes_are_those_with_no_title_left(titles, data):
    closed = [[*title, END] for title in titles]
    trie = TitleTrie(closed)
    gone = data.draw(st.sets(st.integers(0, len(titles) - 1)))
    left = {tuple(t[:n]) for i, t in enumerate(closed) if i not in gone for n in range(1, len(t) + 1)}
    every = {tuple(t[:n]) for t in closed for n in range(1, len(t) + 1)}
    assert trie.exhausted(gone) == {trie.walk(prefix) for prefix in every - left}


def test_a_title_is_decided_where_no_other_one_is_left():
    trie = TitleTrie([[1, END], [1, 2, 3, END], [4, 5, END], [4, 6, END], [7, END], [7, END]])
    decided = {
        prefix: trie.titles_decided_at(trie.walk(prefix))
        for prefix in ((1,), (1, END), (1, 2), (1, 2, 3), (4,), (4, 6), (7,), (7, END))
    }
    assert decided == {
        **{(1,): [], (1, END): [0], (1, 2): [1], (1, 2, 3): [1]},
        **{(4,): [], (4, 6): [3], (7,): [], (7, END): [4, 5]},
    }


@pytest.mark.parametrize("n", [1, 5000])
def test_leaves_are_given_back_in_the_order_of_the_titles(n):
    rng = np.random.default_rng(0)
    titles = list({tuple(rng.integers(0, 50, rng.integers(1, 8))) for _ in range(n)})
    trie = TitleTrie([(*t, 60) for t in titles])
    assert [trie.title_at[int(leaf)] for leaf in trie.leaf_of] == list(range(len(titles)))
