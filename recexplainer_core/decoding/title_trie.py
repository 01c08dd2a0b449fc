"""The titles that can be said: a trie of token sequences as flat arrays.

Children of a node lie side by side, sorted by token: a step is one binary search, whatever the catalogue's size.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
ROOT = 0


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
        self._titles_at: dict[int, list[int]] = {}
        for title, leaf in enumerate(self.leaf_of.tolist()):
            self._titles_at.setdefault(leaf, []).append(title)
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

    def titles_decided_at(self, node: int) -> list[int]:
        """Return the title that is the only one left at a node, or those that end there; none elsewhere.

        Several titles end at one node where the tokenizer writes them alike.
        """
        while self.n_titles[node] == 1 and node not in self._titles_at:
            node = int(self.first_child[node])
        return self._titles_at.get(node, [])

    def exhausted(self, titles: Collection[int]) -> frozenset[int]:
        """Return the nodes below which nothing is left once these titles are not to be said."""
        left: Counter[int] = Counter()
        for title in titles:
            node = int(self.leaf_of[title])
            while node > ROOT:
                left[node] += 1
                node = int(self.parents[node])
        return frozenset(node for node, count in left.items() if count >= self.n_titles[node])
