import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st

from recexplainer_core.decoding.title_search import find_titles
from recexplainer_core.decoding.title_trie import TitleTrie
from recexplainer_core.lm.choices import until_unique

END, VOCABULARY = 5, 6
titles_of = st.lists(
    st.lists(st.integers(0, 4), min_size=1, max_size=4), min_size=1, max_size=12, unique_by=tuple
)


class Unigrams:
    """A model whose next token hangs on nothing but the one before, and that notes how it was asked."""

    def __init__(self, seed: int, rows: int) -> None:
        self.table = torch.randn(
            rows, VOCABULARY + 1, VOCABULARY, generator=torch.Generator().manual_seed(seed)
        )
        self.tokens: list[list[int]] = [[] for _ in range(rows)]
        self.before: list[list[int]] = [[] for _ in range(rows)]

    @property
    def first(self) -> torch.Tensor:
        return self.table[:, VOCABULARY]

    def grow(self, tokens, parents):
        most = max(map(len, tokens))
        logits = torch.zeros(len(tokens), most, VOCABULARY)
        for row, (some, theirs) in enumerate(zip(tokens, parents, strict=True)):
            self.tokens[row] += [*some, *[0] * (most - len(some))]
            self.before[row] += [*theirs, *[-1] * (most - len(theirs))]
            logits[row, : len(some)] = self.table[row, list(some)]
        return logits

    def path(self, row: int, number: int) -> list[int]:
        return [] if number < 0 else [*self.path(row, self.before[row][number]), self.tokens[row][number]]

    def log_probability(self, row: int, path) -> float:
        steps = zip((VOCABULARY, *path), path, strict=False)
        return float(sum(self.table[row, before].log_softmax(0)[token] for before, token in steps))


@given(titles_of, st.integers(0, 100), st.data())
def test_with_room_for_all_beams_it_finds_the_best_titles(titles, seed, data):
    paths = [(*title, END) for title in titles]
    excluded = [data.draw(st.sets(st.integers(0, len(titles) - 1))) for _ in range(2)]
    model, k = Unigrams(seed, 2), data.draw(st.integers(1, 12))
    found = find_titles(model.first, model.grow, [TitleTrie(paths)] * 2, excluded, k, 100)
    decisive = until_unique(paths)
    for row in range(2):
        scores = {
            title: model.log_probability(row, decisive[title])
            for title in range(len(titles))
            if title not in excluded[row]
        }
        assert [title for title, _ in found[row]] == sorted(scores, key=lambda t: (-scores[t], t))[:k]
        assert np.allclose(
            [score for _, score in found[row]], [scores[title] for title, _ in found[row]], atol=1e-4
        )
    begun = {tuple(path[:length]) for path in paths for length in range(len(path))}
    for row in range(2):
        for number in range(len(model.tokens[row])):
            real = model.before[row][number] >= 0 or tuple(model.path(row, number)) in begun
            assert real or model.tokens[row][number] == 0, "a beam stands behind what it goes on with"


def test_few_beams_still_find_titles():
    paths = [(a, b, END) for a in range(4) for b in range(4)]
    model = Unigrams(0, 1)
    [found] = find_titles(model.first, model.grow, [TitleTrie(paths)], [()], 3, 2)
    assert len(found) == 3 and len({title for title, _ in found}) == 3


def test_titles_that_are_written_alike_are_all_found_but_those_excluded():
    model = Unigrams(0, 1)
    trie = TitleTrie([(1, END), (1, END), (2, END)])
    [found] = find_titles(model.first, model.grow, [trie], [{0}], 5, 5)
    assert sorted(title for title, _ in found) == [1, 2]
