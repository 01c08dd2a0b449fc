"""Beam search down the tree of titles: a title is found at the token from which on no other one is left."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from recexplainer_core.decoding.title_trie import ROOT, TitleTrie

Grow = Callable[[Sequence[Sequence[int]], Sequence[Sequence[int]]], Tensor]
"""Adds tokens behind earlier ones: (tokens of each row, numbers of the tokens before them, -1 for the prompt's) ->
logits [rows, tokens, vocabulary]."""


@dataclass
class _Beam:
    score: float
    node: int
    token: int
    before: int
    number: int = -1


class _Row:
    """The search for one prompt.

    Args:
        trie: the titles.
        excluded: those not to be found.
        k: how many are wanted.
        beams: beginnings of titles that are followed at once.
    """

    def __init__(self, trie: TitleTrie, excluded: Collection[int], k: int, beams: int) -> None:
        self.trie, self.k, self.beams = trie, k, beams
        self.excluded = frozenset(excluded)
        self.exhausted = trie.exhausted(excluded)
        self.found: list[tuple[float, int]] = []
        self.open = [_Beam(0.0, ROOT, -1, -1)]

    def follow(self, log_probabilities: Sequence[npt.NDArray[np.float32]]) -> None:
        """Go one token further behind each open beam, given the log-probabilities [vocabulary] of what follows it."""
        reached: list[_Beam] = []
        for beam, scores in zip(self.open, log_probabilities, strict=True):
            nodes, tokens = self.trie.children(beam.node)
            reachable = beam.score + scores[tokens].astype(np.float64)
            for node, token, score in zip(nodes.tolist(), tokens.tolist(), reachable.tolist(), strict=True):
                if node in self.exhausted:
                    continue
                titles = self.trie.titles_decided_at(node)
                if titles:
                    self.found += [(score, title) for title in titles if title not in self.excluded]
                else:
                    reached.append(_Beam(score, node, token, beam.number))
        self.found = heapq.nsmallest(self.k, self.found, key=lambda pair: (-pair[0], pair[1]))
        worst = self.found[-1][0] if len(self.found) == self.k else -np.inf
        self.open = heapq.nlargest(self.beams, (b for b in reached if b.score > worst), key=lambda b: b.score)


def find_titles(
    first: Tensor,
    grow: Grow,
    tries: Sequence[TitleTrie],
    excluded: Sequence[Collection[int]],
    k: int,
    beams: int,
) -> list[list[tuple[int, float]]]:
    """Return for each row the k most probable titles with their log-probabilities, best first.

    The log-probability of a title is that of its tokens up to the one that decides it.

    Args:
        first: [rows, vocabulary], logits of the first token.
        grow: continues the rows.
        tries: of each row.
        excluded: for each row the titles not to be found.
        k: how many are wanted; a row returns fewer where fewer are left.
        beams: beginnings of titles that are followed at once.
    """
    rows = [_Row(trie, titles, k, beams) for trie, titles in zip(tries, excluded, strict=True)]
    scores = first.log_softmax(1).cpu().numpy()
    for row, own in zip(rows, scores, strict=True):
        row.follow([own])
    known = 0
    while most := max(len(row.open) for row in rows):
        for row in rows:
            for place, beam in enumerate(row.open):
                beam.number = known + place
        logits = grow(
            [[b.token for b in row.open] for row in rows], [[b.before for b in row.open] for row in rows]
        )
        with torch.inference_mode():
            scores = logits.log_softmax(2).cpu().numpy()
        for row, own in zip(rows, scores, strict=True):
            row.follow([*own[: len(row.open)]])
        known += most
    return [[(title, score) for score, title in row.found] for row in rows]
