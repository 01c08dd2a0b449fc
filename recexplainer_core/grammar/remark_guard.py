"""Guard of a rationale: behind a cited title it makes only remarks that are given as true of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import torch
from torch import Tensor
from transformers import LogitsProcessor

from recexplainer_core.decoding.citation_marks import Marks
from recexplainer_core.decoding.path_weights import PathWeights
from recexplainer_core.decoding.title_trie import ROOT, TitleTrie
from recexplainer_core.rationale.evidence import Pair


class Remark(NamedTuple):
    """One way to remark on a cited title.

    Args:
        tokens: the bracket that opens it included, the one that closes it left out.
        pair: attribute and value that it says are shared.
        weight: how much it weighs.
    """

    tokens: tuple[int, ...]
    pair: Pair
    weight: float


class RemarkGuard(LogitsProcessor):
    """Let a bracket behind a citation hold only remarks that are true of the cited title.

    Args:
        titles: citable titles, without end token.
        remarks: for each of these titles those that may be made on it.
        marks: of the vocabulary.
        repeated: what is left of a remark's weight each time that its value has been remarked on before.
    """

    def __init__(
        self, titles: TitleTrie, remarks: Mapping[int, Sequence[Remark]], marks: Marks, repeated: float = 1.0
    ) -> None:
        self.titles, self.remarks, self.repeated = titles, remarks, repeated
        self.paths = {
            title: PathWeights(TitleTrie([one.tokens for one in ways]), [one.weight for one in ways])
            for title, ways in remarks.items()
            if ways
        }
        self.opening, self.closing = frozenset(marks.opening), frozenset(marks.closing)
        self.blanks = frozenset(marks.blanks)
        # A space alone leads to a bracket; in text that goes on, it belongs to the next word.
        self.starts = torch.tensor(sorted([*marks.brackets, *marks.blanks]), dtype=torch.long)
        self.ends = torch.tensor(sorted(marks.ends), dtype=torch.long)

    def __call__(self, input_ids: Tensor, scores: Tensor) -> Tensor:
        """Behind a citation, set what starts a false remark to minus infinity; scores [batch, vocabulary]."""
        for row, generated in enumerate(input_ids.tolist()):
            closed = [place for place, token in enumerate(generated) if token in self.closing]
            if not closed:
                continue
            since = generated[closed[-1] + 1 :]
            cited = [self._cited(generated[:place]) for place in closed]
            made = [
                pair
                for title, start, end in zip(cited, closed, closed[1:], strict=False)
                if (pair := self._made(title, generated[start + 1 : end])) is not None
            ]
            allowed, weights, bound = self._remark(cited[-1], since, made)
            kept = scores[row, allowed] + weights.to(scores)
            if bound:
                scores[row] = -torch.inf
            elif all(token in self.blanks for token in since):
                scores[row, self.starts] = -torch.inf
            scores[row, allowed] = kept
        return scores

    def _remark(self, title: int, since: Sequence[int], made: Sequence[Pair]) -> tuple[Tensor, Tensor, bool]:
        """Return the tokens that a true remark goes on with or ends with, their weights, and whether one is begun."""
        paths = self.paths.get(title)
        node = paths.trie.walk(since) if paths else None
        if paths is None or node is None:
            return torch.empty(0, dtype=torch.long), torch.empty(0), False
        tokens = torch.as_tensor(paths.trie.children(node)[1])
        if node in paths.trie.title_at:
            tokens = torch.cat([tokens, self.ends])
        factors = {
            number: self.repeated ** made.count(one.pair)
            for number, one in enumerate(self.remarks[title])
            if one.pair in made
        }
        return tokens, paths.ahead(node, tokens, self.ends.tolist(), factors), node != ROOT

    def _made(self, title: int, behind: Sequence[int]) -> Pair | None:
        """Return what the text behind a citation remarks on."""
        paths = self.paths.get(title)
        if paths is None:
            return None
        ends = frozenset(self.ends.tolist())
        for place in (place for place, token in enumerate(behind) if token in ends):
            node = paths.trie.walk(behind[:place])
            if node is not None and node in paths.trie.title_at:
                return self.remarks[title][paths.trie.title_at[node]].pair
        return None

    def _cited(self, generated: Sequence[int]) -> int:
        opened = next((p for p in range(len(generated) - 1, -1, -1) if generated[p] in self.opening), None)
        node = None if opened is None else self.titles.walk(generated[opened + 1 :])
        return self.titles.title_at.get(node, -1) if node is not None else -1
