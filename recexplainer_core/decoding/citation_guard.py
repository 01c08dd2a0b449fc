"""Guard of free text: what it cites are given titles, and its reasons are what the model holds for them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import torch
from torch import Tensor
from transformers import LogitsProcessor

from recexplainer_core.decoding.citation_marks import Marks
from recexplainer_core.decoding.path_weights import PathWeights
from recexplainer_core.decoding.title_trie import TitleTrie


class CitationGuard(LogitsProcessor):
    """Let free text cite only the given titles: after an opening mark a title, then its closing mark.

    Args:
        titles: citable titles, without end token.
        marks: of the vocabulary.
        weights: how much each title weighs as a reason; all are left to the model unless given.
        reason: says of the tokens up to an opening mark, and the titles cited there, whether a reason is cited next.
        first: the titles with which a text may begin; any unless given.
        once: whether no title is cited twice.
    """

    def __init__(
        self,
        titles: TitleTrie,
        marks: Marks,
        weights: PathWeights | None = None,
        reason: Callable[[Sequence[int], Collection[int]], bool] = lambda generated, cited: True,
        first: Collection[int] = (),
        once: bool = True,
    ) -> None:
        self.titles, self.weights, self.reason, self.once = titles, weights, reason, once
        self.later = {title for title in range(len(titles.leaf_of)) if first and title not in first}
        self.opening, self.closing = frozenset(marks.opening), frozenset(marks.closing)
        self.openers, self.closers, self.forbidden = (
            torch.tensor(tokens, dtype=torch.long)
            for tokens in (marks.opening, marks.closing, marks.forbidden)
        )

    def __call__(self, input_ids: Tensor, scores: Tensor) -> Tensor:
        """Within a citation, set what is no title to minus infinity; scores [batch, vocabulary]."""
        original = scores.clone()
        scores[:, self.forbidden] = -torch.inf
        for row, generated in enumerate(input_ids.tolist()):
            cited, begun = self._citations(generated)
            if len(cited) == len(self.titles.leaf_of):
                scores[row, self.openers] = -torch.inf
            node = None if begun is None else self.titles.walk(begun)
            if node is None:
                continue
            children, tokens = self.titles.children(node)
            gone = self.titles.exhausted(cited)
            kept = torch.as_tensor(tokens[[int(child) not in gone for child in children]])
            if node in self.titles.title_at and self.titles.title_at[node] not in cited:
                kept = torch.cat([kept, self.closers])
            scores[row] = -torch.inf
            scores[row, kept] = original[row, kept]
            if self.weights is None or begun is None:
                continue
            before = generated[: len(generated) - len(begun)]
            barred = self.later if len(before) == 1 else set()
            if barred or self.reason(before, cited):
                factors = dict.fromkeys(cited | barred, 0.0)
                scores[row, kept] += self.weights.ahead(node, kept, self.closing, factors).to(scores)
        return scores

    def _citations(self, generated: Sequence[int]) -> tuple[set[int], Sequence[int] | None]:
        """Return the titles cited so far, and the tokens of one that is begun and not closed."""
        cited: set[int] = set()
        start: int | None = None
        for place, token in enumerate(generated):
            if token in self.opening:
                start = place + 1
            elif token in self.closing and start is not None:
                leaf = self.titles.walk(generated[start:place])
                cited |= {self.titles.title_at[leaf]} if self.once and leaf in self.titles.title_at else set()
                start = None
        return cited, None if start is None else generated[start:]
