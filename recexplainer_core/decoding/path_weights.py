"""Weights of whole sequences, seen from one node of their trie: where each next token leads."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

import torch
from torch import Tensor

from recexplainer_core.decoding.title_trie import TitleTrie

_LEAST = 1e-30
_ALL_ALIKE: Mapping[int, float] = MappingProxyType({})


class PathWeights:
    """How much each sequence of a trie weighs.

    Args:
        trie: sequences.
        weights: of each of them, not negative.
    """

    def __init__(self, trie: TitleTrie, weights: Sequence[float]) -> None:
        self.trie, self.weights = trie, weights

    def ahead(
        self, node: int, tokens: Tensor, closers: Collection[int], factors: Mapping[int, float] = _ALL_ALIKE
    ) -> Tensor:
        """Return for each token the log of the heaviest weight that lies behind it, relative to the heaviest of all.

        Args:
            node: where one stands.
            tokens: [n], each leads to a child, or closes the sequence that ends here.
            closers: the tokens that close it.
            factors: what is left of the weights of some sequences; 0 where they no longer count.
        """
        trie, closing = self.trie, frozenset(closers)
        behind: dict[int | None, float] = {}
        for number, weight in enumerate(self.weights):
            weight *= factors.get(number, 1.0)
            reached = int(trie.leaf_of[number])
            if reached == node:
                behind[None] = weight
            while reached > node:
                parent = int(trie.parents[reached])
                if parent == node:
                    token = int(trie.tokens[reached])
                    behind[token] = max(behind.get(token, 0.0), weight)
                reached = parent
        found = [behind.get(None if token in closing else token, 0.0) for token in tokens.tolist()]
        heaviest = max(found, default=0.0)
        if heaviest <= _LEAST:
            return torch.zeros(len(found))
        return (torch.tensor(found, dtype=torch.float64) / heaviest).clamp_min(_LEAST).log().float()
