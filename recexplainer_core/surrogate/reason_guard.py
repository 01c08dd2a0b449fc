"""Guards of free text: a reason cites only given titles, and remarks only on what the catalogue says is shared."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from transformers import LogitsProcessor, PreTrainedTokenizerBase

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.errors import ModelError
from recexplainer_core.surrogate import prompts
from recexplainer_core.surrogate.encoding import Encoder
from recexplainer_core.surrogate.own_answer import OwnAnswer, gives_reason
from recexplainer_core.surrogate.path_weights import PathWeights
from recexplainer_core.surrogate.segments import CLOSE_CITATION, OPEN_CITATION
from recexplainer_core.surrogate.shared_facts import remarks, shared_values
from recexplainer_core.surrogate.title_trie import ROOT, TitleTrie

_LEAD_BYTES = ("Â", "<0xC2>")
"""Names of the byte with which « and » begin, where a vocabulary can write them byte by byte."""


@dataclass(frozen=True)
class Marks:
    """The tokens of a vocabulary that matter to the guards.

    Args:
        opening: those whose text ends with the mark that opens a citation.
        closing: those whose text starts with the mark that closes one.
        forbidden: those that hold a mark in any other way, and could write a citation past the guards.
        brackets: those whose text, spaces apart, starts with a bracket.
        ends: those whose text starts with the bracket's end.
        blanks: nothing but spaces.

    Raises:
        ModelError: the vocabulary has no token for one of the marks.
    """

    opening: list[int]
    closing: list[int]
    forbidden: list[int]
    brackets: list[int]
    ends: list[int]
    blanks: list[int]

    @classmethod
    def of(cls, tokenizer: PreTrainedTokenizerBase) -> Marks:
        """Look through a tokenizer's vocabulary."""
        marks = cls([], [], [], [], [], [])
        vocabulary = tokenizer.get_vocab()
        lead_bytes = {vocabulary[name] for name in _LEAD_BYTES if name in vocabulary}
        for token, text in enumerate(tokenizer.batch_decode([[i] for i in range(len(tokenizer))])):
            count = text.count(OPEN_CITATION) + text.count(CLOSE_CITATION)
            if count == 1 and text.endswith(OPEN_CITATION):
                marks.opening.append(token)
            elif count == 1 and text.startswith(CLOSE_CITATION) and "(" not in text:
                marks.closing.append(token)
            elif count or token in lead_bytes:
                marks.forbidden.append(token)
            elif text.lstrip().startswith("("):
                marks.brackets.append(token)
            elif text.startswith(")"):
                marks.ends.append(token)
            elif not text.strip():
                marks.blanks.append(token)
        if not (marks.opening and marks.closing and marks.ends):
            raise ModelError(
                "The language model's vocabulary has no token for «, » or a closing bracket, so what it cites "
                "cannot be guarded. Choose a model whose tokenizer has them; most do."
            )
        return marks


def reason_guards(
    catalogue: Catalogue,
    encoder: Encoder,
    marks: Marks,
    history: Sequence[int],
    item: int,
    own: OwnAnswer | None = None,
) -> list[LogitsProcessor]:
    """Return the guards for the reason of one item.

    Args:
        catalogue: says what is true.
        encoder: of the language model.
        marks: of its vocabulary.
        history: the items that may be cited, and remarked on.
        item: the explained item; it may be cited too.
        own: the model's short answer, which what it cites and remarks is held to.
    """
    citable = sorted({*history, item})
    titles = TitleTrie([encoder.content(prompts.cited_title(catalogue, i)) for i in citable])
    said = {
        place: {
            encoder.answer(remark)[:-1]: own.remarks.get(pair, 0.0) if own else 1.0
            for pair in shared_values(catalogue, cited, item)
            for remark in remarks(*pair)
        }
        for place, cited in enumerate(citable)
        if cited != item
    }
    remark_guard = RemarkGuard(titles, said, marks)
    if own is None:
        return [CitationGuard(titles, marks), remark_guard]
    # The explained item is named in other clauses: whether it is meant is left to the sentence.
    weights = {item: 1.0} | dict(own.titles)
    explained = citable.index(item)

    def reason(said: Sequence[int], cited: Collection[int]) -> bool:
        text = str(encoder.tokenizer.decode(list(said), skip_special_tokens=True))
        return gives_reason(catalogue, text, bool(set(cited) - {explained}))

    paths = PathWeights(titles, [weights[i] for i in citable])
    return [CitationGuard(titles, marks, paths, reason), remark_guard]


class EachRow(LogitsProcessor):
    """Let every row of a batch be guarded by its own guards."""

    def __init__(self, guards: Sequence[Sequence[LogitsProcessor]]) -> None:
        self.guards = guards

    def __call__(self, input_ids: Tensor, scores: Tensor) -> Tensor:
        """Apply to each row of scores [batch, vocabulary] the guards of that row."""
        for row, guards in enumerate(self.guards):
            kept = scores[row : row + 1].clone()
            for guard in guards:
                kept = guard(input_ids[row : row + 1], kept)
            scores[row] = kept[0]
        return scores


class CitationGuard(LogitsProcessor):
    """Let free text cite only the given titles, each once: after an opening mark a title, then its closing mark.

    Args:
        titles: citable titles, without end token.
        marks: of the vocabulary.
        weights: how much each title weighs as a reason; all are left to the model unless given.
        reason: says of the tokens up to an opening mark, and the titles cited there, whether a reason is cited next.
    """

    def __init__(
        self,
        titles: TitleTrie,
        marks: Marks,
        weights: PathWeights | None = None,
        reason: Callable[[Sequence[int], Collection[int]], bool] = lambda said, cited: True,
    ) -> None:
        self.titles, self.weights, self.reason = titles, weights, reason
        self.opening, self.closing = frozenset(marks.opening), frozenset(marks.closing)
        self.openers, self.closers, self.forbidden = (
            torch.tensor(tokens, dtype=torch.long)
            for tokens in (marks.opening, marks.closing, marks.forbidden)
        )

    def __call__(self, input_ids: Tensor, scores: Tensor) -> Tensor:
        """Within a citation, set what is no title to minus infinity; scores [batch, vocabulary]."""
        original = scores.clone()
        scores[:, self.forbidden] = -torch.inf
        for row, said in enumerate(input_ids.tolist()):
            cited, begun = self._citations(said)
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
            if self.weights and begun is not None and self.reason(said[: len(said) - len(begun)], cited):
                scores[row, kept] += self.weights.ahead(node, kept, self.closing, cited).to(scores)
        return scores

    def _citations(self, said: Sequence[int]) -> tuple[set[int], Sequence[int] | None]:
        """Return the titles cited so far, and the tokens of one that is begun and not closed."""
        cited: set[int] = set()
        start: int | None = None
        for place, token in enumerate(said):
            if token in self.opening:
                start = place + 1
            elif token in self.closing and start is not None:
                leaf = self.titles.walk(said[start:place])
                cited |= {self.titles.title_at[leaf]} if leaf in self.titles.title_at else set()
                start = None
        return cited, None if start is None else said[start:]


class RemarkGuard(LogitsProcessor):
    """Let a bracket behind a citation hold only remarks that are true of the cited title.

    Args:
        titles: citable titles, without end token.
        said: for each of these titles the tokens of what may be said of it, the bracket that opens it included, and
            how much that weighs.
        marks: of the vocabulary.
    """

    def __init__(
        self, titles: TitleTrie, said: Mapping[int, Mapping[tuple[int, ...], float]], marks: Marks
    ) -> None:
        self.titles = titles
        self.said = {
            title: PathWeights(TitleTrie(list(weighed)), list(weighed.values()))
            for title, weighed in said.items()
            if weighed
        }
        self.opening, self.closing = frozenset(marks.opening), frozenset(marks.closing)
        self.blanks = frozenset(marks.blanks)
        # A space alone leads to a bracket; in text that goes on, it belongs to the next word.
        self.starts = torch.tensor(sorted([*marks.brackets, *marks.blanks]), dtype=torch.long)
        self.ends = torch.tensor(sorted(marks.ends), dtype=torch.long)

    def __call__(self, input_ids: Tensor, scores: Tensor) -> Tensor:
        """Behind a citation, set what starts a false remark to minus infinity; scores [batch, vocabulary]."""
        for row, said in enumerate(input_ids.tolist()):
            closed = next((p for p in range(len(said) - 1, -1, -1) if said[p] in self.closing), None)
            if closed is None:
                continue
            since = said[closed + 1 :]
            allowed, weights, bound = self._remark(self._cited(said[:closed]), since)
            kept = scores[row, allowed] + weights.to(scores)
            if bound:
                scores[row] = -torch.inf
            elif all(token in self.blanks for token in since):
                scores[row, self.starts] = -torch.inf
            scores[row, allowed] = kept
        return scores

    def _remark(self, title: int, since: Sequence[int]) -> tuple[Tensor, Tensor, bool]:
        """Return the tokens that a true remark goes on with or ends with, their weights, and whether one is begun."""
        paths = self.said.get(title)
        node = paths.trie.walk(since) if paths else None
        if paths is None or node is None:
            return torch.empty(0, dtype=torch.long), torch.empty(0), False
        tokens = torch.as_tensor(paths.trie.children(node)[1])
        if node in paths.trie.title_at:
            tokens = torch.cat([tokens, self.ends])
        return tokens, paths.ahead(node, tokens, self.ends.tolist()), node != ROOT

    def _cited(self, said: Sequence[int]) -> int:
        opened = next((p for p in range(len(said) - 1, -1, -1) if said[p] in self.opening), None)
        node = None if opened is None else self.titles.walk(said[opened + 1 :])
        return self.titles.title_at.get(node, -1) if node is not None else -1
