"""Decoding that can only list titles: each once, a separator between them, as many as are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from transformers import LogitsProcessor

from recexplainer_core.decoding.title_trie import ROOT, TitleTrie


@dataclass(frozen=True)
class ListRules:
    """Which titles one row may list, and how many of them.

    Args:
        trie: the titles, each closed by the end token.
        fewest: titles before the list may end, unless none is left.
        most: titles after which it ends.
    """

    trie: TitleTrie
    fewest: int
    most: int


class OnlyTitleLists(LogitsProcessor):
    """Let every row say a list of titles, for greedy decoding.

    Where a title goes on with the separator's first token, the longer title is meant.

    Args:
        rules: of each row.
        separator: tokens between two titles.
        end: the token that closes a title in the tries, and the list.
    """

    def __init__(self, rules: Sequence[ListRules], separator: Sequence[int], end: int) -> None:
        self.rules, self.separator, self.end = rules, tuple(separator), end

    def __call__(self, input_ids: Tensor, scores: Tensor) -> Tensor:
        """Set everything but the allowed tokens to minus infinity; scores [rows, vocabulary]."""
        kept = torch.full_like(scores, -torch.inf)
        for row, generated in enumerate(input_ids.tolist()):
            allowed = self._allowed(self.rules[row], generated)
            kept[row, allowed] = scores[row, allowed]
        return kept

    def titles(self, row: int, generated: Sequence[int]) -> list[int]:
        """Return the titles that a row's answer lists, as numbers of its trie."""
        listed, node, _ = self._read(self.rules[row], generated)
        last = self._title_at(self.rules[row].trie, node)
        return listed if last is None else [*listed, last]

    def _read(self, rules: ListRules, generated: Sequence[int]) -> tuple[list[int], int, int]:
        """Return the titles that are closed, the node reached since, and how far the separator is written."""
        listed: list[int] = []
        node, written = ROOT, 0
        for token in generated:
            if token == self.end:
                break
            if written:
                written = (written + 1) % len(self.separator)
                continue
            child = rules.trie.step(node, token)
            if child is not None:
                node = child
                continue
            title = self._title_at(rules.trie, node)
            if title is None:
                break
            listed.append(title)
            node, written = ROOT, 1 % len(self.separator)
        return listed, node, written

    def _allowed(self, rules: ListRules, generated: Sequence[int]) -> list[int]:
        listed, node, written = self._read(rules, generated)
        if written:
            return [self.separator[written]]
        if self.end in generated:
            return [self.end]
        trie = rules.trie
        gone = trie.exhausted(listed)
        children, tokens = trie.children(node)
        allowed = [
            int(token)
            for child, token in zip(children.tolist(), tokens.tolist(), strict=True)
            if token != self.end and child not in gone
        ]
        title = self._title_at(trie, node)
        if title is not None and title not in listed:
            count = len(listed) + 1
            left = count < len(trie.leaf_of)
            if count < rules.most and left and self.separator[0] not in allowed:
                allowed.append(self.separator[0])
            if count >= rules.fewest or not left:
                allowed.append(self.end)
        return allowed or [self.end]

    def _title_at(self, trie: TitleTrie, node: int) -> int | None:
        leaf = trie.step(node, self.end)
        return None if leaf is None else trie.title_at[leaf]
