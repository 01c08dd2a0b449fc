import math
from collections.abc import Mapping
from types import MappingProxyType

import pytest
import torch

from recexplainer_core.decoding.path_weights import PathWeights
from recexplainer_core.decoding.title_trie import ROOT, TitleTrie

CLOSERS = (8, 9)
SEQUENCES = [[1, 2], [1, 3], [4], [1, 2, 5]]
WEIGHTS = [0.2, 0.5, 1.0, 0.1]


def ahead(
    said: list[int], tokens: list[int], factors: Mapping[int, float] = MappingProxyType({})
) -> list[float]:
    paths = PathWeights(TitleTrie(SEQUENCES), WEIGHTS)
    node = paths.trie.walk(said)
    assert node is not None
    return paths.ahead(node, torch.tensor(tokens), CLOSERS, factors).exp().tolist()


@pytest.mark.parametrize(
    ("said", "tokens", "factors", "expected"),
    [
        ([], [1, 4], {}, [0.5, 1.0]),
        ([1], [2, 3], {}, [0.4, 1.0]),
        ([1, 2], [5, 8, 9], {}, [0.5, 1.0, 1.0]),
        ([1, 2], [5, 8], {0: 0.0}, [1.0, 0.0]),
        ([], [1, 4], {2: 0.0}, [1.0, 0.0]),
        ([], [1, 4], {1: 0.0, 2: 0.0}, [1.0, 0.0]),
        ([], [1, 4], {2: 0.25}, [1.0, 0.5]),
    ],
)
def test_a_token_weighs_what_the_heaviest_sequence_behind_it_does(said, tokens, factors, expected):
    assert ahead(said, tokens, factors) == pytest.approx(expected, abs=1e-6)


def test_where_nothing_has_weight_nothing_is_preferred():
    paths = PathWeights(TitleTrie(SEQUENCES), [0.0] * 4)
    assert paths.ahead(ROOT, torch.tensor([1, 4]), CLOSERS).tolist() == [0.0, 0.0]
    assert all(math.isclose(v, 1.0) for v in ahead([], [4], {0: 0.0, 1: 0.0, 3: 0.0}))
