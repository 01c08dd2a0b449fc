"""Decoding that can only say titles: a trie of token sequences as flat arrays, and the processor that uses it.

Children of a node lie side by side, sorted by token: a step is one binary search, whatever the catalogue's size.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from transformers import LogitsProcessor

IntArray = npt.NDArray[np.int64]
ROOT = 0
FINISHED = -1e9
"""Score of going on where nothing can be said: finite, as beam search wants, and never chosen before a title."""


class TitleTrie:
    """A trie over one token sequence per title.

    Args:
        sequences: the tokens of each title; a sequence that another one starts with needs an end token of its own.
    """

    def __init__(self, sequences: Sequence[Sequence[int]]) -> None:
        width = max(map(len, sequences))
        table = np.full((len(sequences), width), -1, dtype=np.int64)
        for row, sequence in enumerate(sequences):
            table[row, : len(sequence)] = sequence
        self.depth = width
        order = np.lexsort(table.T[::-1])
        table = table[order]
        parents, tokens = [np.array([-1])], [np.array([-1])]
        node_of_row = np.zeros(len(sequences), dtype=np.int64)
        n_nodes = 1
        for column in range(width):
            alive = table[:, column] >= 0
            pairs = np.stack([node_of_row[alive], table[alive, column]], 1)
            unique, inverse = np.unique(pairs, axis=0, return_inverse=True)
            parents.append(unique[:, 0])
            tokens.append(unique[:, 1])
            node_of_row[alive] = n_nodes + inverse.reshape(-1)
            n_nodes += len(unique)
        self.parents: IntArray = np.concatenate(parents)
        self.tokens: IntArray = np.concatenate(tokens)
        # Nodes are numbered level by level, parents first, so the children of one node are consecutive.
        self.first_child: IntArray = np.searchsorted(self.parents, np.arange(n_nodes + 1), side="left")
        self.leaf_of: IntArray = np.empty(len(sequences), dtype=np.int64)
        self.leaf_of[order] = node_of_row
        self.title_at: dict[int, int] = {int(leaf): title for title, leaf in enumerate(self.leaf_of)}
        self.n_titles: IntArray = np.zeros(n_nodes, dtype=np.int64)
        np.add.at(self.n_titles, self.leaf_of, 1)
        for node in range(n_nodes - 1, 0, -1):
            self.n_titles[self.parents[node]] += self.n_titles[node]

    def step(self, node: int, token: int) -> int | None:
        """Return the child that the token leads to, or None."""
        first, last = self.first_child[node], self.first_child[node + 1]
        place = first + int(np.searchsorted(self.tokens[first:last], token))
        return int(place) if place < last and self.tokens[place] == token else None

    def walk(self, tokens: Sequence[int]) -> int | None:
        """Return the node that the tokens lead to from the root, or None."""
        node: int | None = ROOT
        for token in tokens:
            if node is None:
                return None
            node = self.step(node, token)
        return node

    def children(self, node: int) -> tuple[IntArray, IntArray]:
        """Return the child nodes and their tokens."""
        nodes = np.arange(self.first_child[node], self.first_child[node + 1])
        return nodes, self.tokens[nodes]

    def exhausted(self, titles: Collection[int]) -> frozenset[int]:
        """Return the nodes below which nothing is left once these titles are not to be said."""
        left: Counter[int] = Counter()
        for title in titles:
            node = int(self.leaf_of[title])
            while node > ROOT:
                left[node] += 1
                node = int(self.parents[node])
        return frozenset(node for node, count in left.items() if count >= self.n_titles[node])


class OnlyTitles(LogitsProcessor):
    """Let every beam say a title of the trie, and none of those excluded for its row.

    Args:
        trie: titles, each closed by the end token.
        excluded: for each row of the batch the titles not to be said.
        n_beams: beams a row.
        end: the token that closes a title in the trie.
        said_ends: for each row the token with which its prompt leads the model to close a title; its score counts
            as that of `end`. A base model that continues a list writes the list's separator.
    """

    def __init__(
        self,
        trie: TitleTrie,
        excluded: Sequence[Collection[int]],
        n_beams: int,
        end: int,
        said_ends: Sequence[int],
    ) -> None:
        self.trie, self.n_beams, self.end, self.said_ends = trie, n_beams, end, said_ends
        self.exhausted = [np.array([*trie.exhausted(titles)], dtype=np.int64) for titles in excluded]

    def __call__(self, input_ids: Tensor, scores: Tensor) -> Tensor:
        """Set everything but the allowed tokens to minus infinity; scores [batch * beams, vocabulary]."""
        kept = torch.full_like(scores, -torch.inf)
        for beam, generated in enumerate(input_ids.tolist()):
            row = beam // self.n_beams
            node = self.trie.walk(generated)
            if node is None:
                kept[beam, self.end] = FINISHED
                continue
            nodes, tokens = self.trie.children(node)
            tokens = tokens[~np.isin(nodes, self.exhausted[row])]
            allowed = torch.as_tensor(tokens, device=scores.device)
            sources = torch.where(allowed == self.end, self.said_ends[row], allowed)
            kept[beam, allowed] = scores[beam, sources]
            if not len(tokens):
                kept[beam, self.end] = FINISHED
        return kept
