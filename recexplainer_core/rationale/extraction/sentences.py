"""A text cut into sentences; full stops of titles, abbreviations and numbers end none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recexplainer_core.rationale.extraction.mentions import TitleMention

_END = re.compile(r"[.!?…]+[\"'”’»)\]*_]*(?=\s+[^a-z\s])|\n+(?=\s*\S)")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:mr|mrs|ms|dr|st|vs|no|nos|e\.g|i\.e|etc|cf|approx|[a-z])\.$|^\s*\d+\.$", re.I
)


def sentence_spans(text: str, titles: Sequence[TitleMention]) -> list[tuple[int, int]]:
    """Return the start and the end of every sentence, white space around it left out."""
    hidden = list(text)
    for one in titles:
        for place in range(one.start, one.end):
            if place < one.end - 1 or hidden[place] not in ".!?":
                hidden[place] = "Θ"
    plain = "".join(hidden)
    spans: list[tuple[int, int]] = []
    start = 0
    for end in _END.finditer(plain):
        stop = end.end() if end[0][0] != "\n" else end.start()
        line = plain[max(start, plain.rfind("\n", 0, stop) + 1) : stop]
        if end[0] == "." and _ABBREVIATION.search(line):
            continue
        spans.append((start, stop))
        start = end.end()
    spans.append((start, len(text)))
    return [trimmed for span in spans if (trimmed := _trimmed(text, *span)) is not None]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    stretch = text[start:end]
    if not re.search(r"\w", stretch):
        return None
    start += len(stretch) - len(stretch.lstrip())
    return start, start + len(stretch.strip())
