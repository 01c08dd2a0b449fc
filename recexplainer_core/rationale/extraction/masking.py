"""A sentence with tokens in place of what it names, so that cues can be looked for in plain small letters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from recexplainer_core.rationale.extraction.mentions import TitleMention, ValueMention
from recexplainer_core.rationale.extraction.value_index import Pair

_LIST = re.compile(
    r"T\d+(?:(?:, | and |, and |, or | or | & | \+ | plus |, plus |,? as well as "
    r"| and also )T\d+)+(?! (?:against|most|a bit))"
)
_SHORT_FORMS = (
    (r"\bwon't\b", "will not"),
    (r"\bcan't\b|\bcannot\b", "can not"),
    (r"n't\b", " not"),
    (r"\b(it|that|this|what|here|there|he|she|who)'s\b", r"\1 is"),
    (r"'re\b", " are"),
    (r"'ve\b", " have"),
    (r"'d\b", " would"),
    (r"'ll\b", " will"),
    (r"'m\b", " am"),
)


@dataclass(frozen=True)
class Masked:
    """A sentence of tokens and small letters.

    Args:
        text: "X" is the explained item, "O" the second one, "T0" a title or a list of titles, "V0" a value.
        titles: the items of each T.
        values: the pairs that each V may stand for.
    """

    text: str
    titles: tuple[tuple[int, ...], ...]
    values: tuple[tuple[Pair, ...], ...]

    def items_of(self, token: str) -> tuple[int, ...]:
        """Return the items of a token such as "T0"."""
        return self.titles[int(token[1:])]


def masked(
    text: str,
    start: int,
    titles: Sequence[TitleMention],
    values: Sequence[ValueMention],
    item: int,
    other: int | None,
) -> Masked:
    """Mask a sentence.

    Args:
        text: the sentence.
        start: where it begins in the text that the mentions were found in.
        titles, values: mentions within the sentence.
        item: the explained item.
        other: the second one.
    """
    items: list[tuple[int, ...]] = []
    pairs: list[tuple[Pair, ...]] = []
    parts: list[str] = []
    place = 0
    mentions: list[TitleMention | ValueMention] = [*titles, *values]
    for one in sorted(mentions, key=lambda one: one.start):
        parts.append(_small(text[place : one.start - start]))
        if isinstance(one, ValueMention):
            parts.append(f"V{len(pairs)}")
            pairs.append(one.pairs)
        elif one.item in (item, other):
            parts.append("X" if one.item == item else "O")
        else:
            parts.append(f"T{len(items)}")
            items.append((one.item,))
        place = one.end - start
    parts.append(_small(text[place:]))
    return Masked(*_listed("".join(parts), items), tuple(pairs))


def _small(text: str) -> str:
    """Return text in small letters, without emphasis and short forms."""
    text = re.sub(r"[*_#`]+", "", text.lower().replace("’", "'"))
    for short, long in _SHORT_FORMS:
        text = re.sub(short, long, text)
    return re.sub(r"\s+", " ", text)


def _listed(text: str, items: Sequence[tuple[int, ...]]) -> tuple[str, tuple[tuple[int, ...], ...]]:
    """Join titles that follow each other in a list."""
    groups: list[tuple[int, ...]] = []

    def joined(found: re.Match[str]) -> str:
        tokens = re.findall(r"T(\d+)", found[0])
        groups.append(tuple(dict.fromkeys(item for token in tokens for item in items[int(token)])))
        return f"T{len(groups) - 1}"

    return re.sub(f"{_LIST.pattern}|T\\d+", joined, text).strip(), tuple(groups)
