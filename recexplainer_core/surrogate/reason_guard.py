"""The guards of a reason: it cites only given titles, and remarks only on what the catalogue says is shared."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from torch import Tensor
from transformers import LogitsProcessor

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.surrogate import prompts
from recexplainer_core.surrogate.citation_guard import CitationGuard
from recexplainer_core.surrogate.citation_marks import Marks
from recexplainer_core.surrogate.encoding import Encoder
from recexplainer_core.surrogate.own_answer import REPEATED, OwnAnswer, gives_reason
from recexplainer_core.surrogate.path_weights import PathWeights
from recexplainer_core.surrogate.remark_guard import Remark, RemarkGuard
from recexplainer_core.surrogate.shared_facts import remarks, shared_values
from recexplainer_core.surrogate.title_trie import TitleTrie


def reason_guards(
    catalogue: Catalogue,
    encoder: Encoder,
    marks: Marks,
    history: Sequence[int],
    item: int,
    own: OwnAnswer,
    other: int | None = None,
) -> list[LogitsProcessor]:
    """Return the guards for the reason of one item.

    Args:
        catalogue: says what is true.
        encoder: of the language model.
        marks: of its vocabulary.
        history: the items that may be cited, and remarked on.
        item: the explained item; it may be cited too.
        own: the model's short answer, which what it cites and remarks is held to.
        other: the item that it is compared with; it may be cited as well.
    """
    asked_about = {item} if other is None else {item, other}
    citable = sorted({*history, *asked_about})
    titles = TitleTrie([encoder.content(prompts.cited_title(catalogue, i)) for i in citable])
    said = {
        place: [
            Remark(encoder.answer(remark)[:-1], pair, own.remarks.get(pair, 0.0))
            for pair in shared_values(catalogue, cited, item)
            for remark in remarks(*pair)
        ]
        for place, cited in enumerate(citable)
        if cited not in asked_about
    }
    remark_guard = RemarkGuard(titles, said, marks, REPEATED)
    # What is asked about begins the text. It is named in later clauses as well: there the sentence decides.
    weights = dict.fromkeys(asked_about, 1.0) | dict(own.titles)
    no_reasons = {citable.index(one) for one in asked_about}

    def reason(said: Sequence[int], cited: Collection[int]) -> bool:
        text = str(encoder.tokenizer.decode(list(said), skip_special_tokens=True))
        return gives_reason(catalogue, text, bool(set(cited) - no_reasons))

    paths = PathWeights(titles, [weights[i] for i in citable])
    return [CitationGuard(titles, marks, paths, reason, no_reasons), remark_guard]


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
