"""From a text to typed claims: what each of its sentences says that can be tested."""

from __future__ import annotations

from dataclasses import dataclass

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.histories import History
from recexplainer_core.rationale.claims import Claim
from recexplainer_core.rationale.extraction.composing import Read, Reader
from recexplainer_core.rationale.extraction.masking import masked
from recexplainer_core.rationale.extraction.mentions import title_mentions, value_mentions
from recexplainer_core.rationale.extraction.pronouns import Cited, with_titles
from recexplainer_core.rationale.extraction.roles import title_roles
from recexplainer_core.rationale.extraction.sentences import sentence_spans
from recexplainer_core.rationale.extraction.tastes import liked_values


@dataclass(frozen=True)
class ReadSentence:
    """A sentence and what it claims; without a claim it cannot be checked.

    Args:
        start, end: where it stands in the text.
        text: the sentence.
        claims: what it says that can be tested.
    """

    start: int
    end: int
    text: str
    claims: tuple[Claim, ...] = ()


def extract(
    text: str, catalogue: Catalogue, history: History, item: int, other: int | None = None
) -> list[ReadSentence]:
    """Return the sentences of a reason with their claims, in order; none for an empty text.

    Args:
        text: a reason, by any writer.
        catalogue: knows titles and values.
        history: the user's.
        item: the explained item.
        other: the item it is compared with.
    """
    scope = tuple(dict.fromkeys([item, *history.recent, *([] if other is None else [other]), *history.items]))
    titles = title_mentions(text, catalogue, scope)
    values = value_mentions(text, titles, catalogue, scope)
    cited = Cited()
    read: list[Read] = []
    spans = sentence_spans(text, titles)
    for start, end in spans:
        within = masked(
            text[start:end],
            start,
            [one for one in titles if start <= one.start < end],
            [one for one in values if start <= one.start < end],
            item,
            other,
        )
        named_only = bool(read) and not read[-1].roles and not read[-1].liked
        sentence = with_titles(within, cited, named_only)
        read.append(
            Read(sentence, title_roles(sentence), liked_values(sentence), cited.last(), cited.several())
        )
        for group in within.titles:
            cited.add(group)
    reader = Reader(catalogue, item, other, read)
    return [
        ReadSentence(start, end, text[start:end], reader.claims(place))
        for place, (start, end) in enumerate(spans)
    ]
