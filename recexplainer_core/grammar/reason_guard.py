"""The guards of a reason: it cites only given titles, and remarks only on what the catalogue says is shared."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from transformers import LogitsProcessor

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.decoding.citation_guard import CitationGuard
from recexplainer_core.decoding.citation_marks import Marks
from recexplainer_core.decoding.path_weights import PathWeights
from recexplainer_core.decoding.title_trie import TitleTrie
from recexplainer_core.grammar.no_reason import heads
from recexplainer_core.grammar.remark_guard import Remark, RemarkGuard
from recexplainer_core.grammar.remarks import remarks
from recexplainer_core.lm.encoding import Encoder
from recexplainer_core.prompting import prompts
from recexplainer_core.rationale.evidence import REPEATED, Evidence
from recexplainer_core.rationale.shared_values import shared_values

_LIST_GOES_ON = re.compile(r"»(?: \((?:[^()]|\([^()]*\))*\))?(?:, | and )«$")


def reason_guards(
    catalogue: Catalogue,
    encoder: Encoder,
    marks: Marks,
    history: Sequence[int],
    item: int,
    own: Evidence,
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
    made = {
        place: [
            Remark(encoder.tokens(remark), pair, own.remarks.get(pair, 0.0))
            for pair in shared_values(catalogue, cited, item)
            for remark in remarks(*pair)
        ]
        for place, cited in enumerate(citable)
        if cited not in asked_about
    }
    remark_guard = RemarkGuard(titles, made, marks, REPEATED)
    # What is asked about begins the text. It is named in later clauses as well: there the sentence decides.
    weights = dict.fromkeys(asked_about, 1.0) | dict(own.titles)
    no_reasons = {citable.index(one) for one in asked_about}

    def reason(generated: Sequence[int], cited: Collection[int]) -> bool:
        text = str(encoder.tokenizer.decode(list(generated), skip_special_tokens=True))
        return gives_reason(catalogue, text, bool(set(cited) - no_reasons))

    paths = PathWeights(titles, [weights[i] for i in citable])
    return [CitationGuard(titles, marks, paths, reason, no_reasons), remark_guard]


def gives_reason(catalogue: Catalogue, text: str, cites_another: bool) -> bool:
    """Say whether the citation that a text has just opened is that of a reason.

    The first one of the history is, unless the text has it that nothing speaks for the item, and so is every further
    one of the same list.

    Args:
        catalogue: its wording.
        text: up to the opening mark.
        cites_another: whether it cites an item of the history before.
    """
    if cites_another:
        return _LIST_GOES_ON.search(text) is not None
    return not any(head in text.lower() for head in heads(catalogue))
