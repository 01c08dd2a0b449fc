"""A rationale read back: its clauses by the teacher's own grammar, and what none of its patterns fits.

Cited titles, with what is remarked on them, are taken out first; the rest is plain text that the grammar either
knows or does not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from recexplainer_core.catalogue import Catalogue, Wording
from recexplainer_core.grammar.clauses import AGAINST, BECAUSE, CARRIED, THEM, VERDICTS, WITHOUT
from recexplainer_core.grammar.no_reason import NO_REASON
from recexplainer_core.grammar.remarks import SHARED, SHARED_OTHERWISE
from recexplainer_core.rationale.reading import CitedReason, Clause, Reading, citations

_MARK = 0xE000
"""Character that stands for the first cited title; those of the private use area stand for the others."""
_ANY = "[\ue000-\uf8ff]"
_LIST = f"{_ANY}(?:, {_ANY})*(?: and {_ANY})?"
_REMARK = re.compile(r" \(((?:[^()]|\([^()]*\))*)\)")
_JOINT = re.compile(r"(?:[;:,.]\s*|\s+)?(?:(?:and|while|but|so|on the other side,)\s+)?", re.IGNORECASE)
_END = r"(?=[;:,.]\s|[;:,.]?$)"
_END_OF_VERDICT = r"(?=[;:,.]?\s|[;:,.]?$)"
_STRETCH = re.compile(r".*?(?:[;:,.]\s+|$)", re.DOTALL)


def read(text: str, catalogue: Catalogue) -> Reading:
    """Read a rationale clause by clause."""
    plain, cited, spans = _without_citations(text, catalogue)
    patterns = _patterns(catalogue.wording)
    clauses: list[Clause] = []
    unread: list[str] = []
    place = 0
    while place < len(plain):
        joint = _JOINT.match(plain, place)
        starts = {place, joint.end() if joint else place}
        fits = [
            (found, kind, meaning)
            for kind, meaning, pattern in patterns
            for start in starts
            if (found := pattern.match(plain, start))
        ]
        if fits:
            found, kind, meaning = max(fits, key=lambda fit: fit[0].end())
            named = tuple(
                cited[ord(mark) - _MARK] for mark in found[0] if mark >= chr(_MARK) and mark in spans
            )
            clauses.append(Clause(kind, meaning, named, _restored(found[0], spans)))
            place = found.end()
            continue
        start = joint.end() if joint else place
        stretch = _STRETCH.match(plain, start)
        end = stretch.end() if stretch and stretch.end() > start else len(plain)
        if rest := plain[start:end].strip(" ;:,."):
            unread.append(_restored(rest, spans))
        place = max(end, place + 1)
    return Reading(tuple(clauses), tuple(unread))


def _without_citations(text: str, catalogue: Catalogue) -> tuple[str, list[CitedReason], dict[str, str]]:
    """Return the text with a mark for every citation and its remark, the citations, and what each mark stands for."""
    parts: list[str] = []
    cited: list[CitedReason] = []
    spans: dict[str, str] = {}
    end = 0
    for citation in citations(text, catalogue):
        mark = chr(_MARK + len(cited))
        remark = _REMARK.match(text, citation.end)
        behind = remark.end() if remark else citation.end
        attribute, value = _shared(remark[1], citation.item, catalogue) if remark else (None, None)
        cited.append(CitedReason(citation, remark[1] if remark else None, attribute, value))
        spans[mark] = text[citation.start : behind]
        parts += [text[end : citation.start], mark]
        end = behind
    return "".join([*parts, text[end:]]), cited, spans


def _shared(remark: str, item: int | None, catalogue: Catalogue) -> tuple[str | None, str | None]:
    """Return the attribute and value that a remark names, one that the cited item has before any other."""
    named = [
        (name, found["value"])
        for name, pattern in _remark_patterns(tuple(catalogue.attributes))
        if (found := pattern.fullmatch(remark))
    ]
    known = [pair for pair in named if item is not None and pair[1] in catalogue.values(item, pair[0])]
    return next(iter(known or named), (None, None))


def _restored(text: str, spans: Mapping[str, str]) -> str:
    return "".join(spans.get(character, character) for character in text)


@lru_cache(maxsize=8)
def _remark_patterns(attributes: tuple[str, ...]) -> list[tuple[str, re.Pattern[str]]]:
    return [
        (name, _compiled(pattern, {"value": "(?P<value>.+)", "name": re.escape(name)}))
        for name in attributes
        for pattern in SHARED.get(name, SHARED_OTHERWISE)
    ]


@lru_cache(maxsize=8)
def _patterns(words: Wording) -> list[tuple[str, str, re.Pattern[str]]]:
    values = {
        "user": re.escape(words.user),
        "item_word": re.escape(words.item),
        "items": re.escape(words.items),
        "consumed": re.escape(words.consumed),
        "reasons": _LIST,
        "them": f"(?:{'|'.join(THEM)})",
        **dict.fromkeys(("item", "other", "against"), _ANY),
    }
    tables = [
        ("verdict", VERDICTS),
        ("reasons", BECAUSE),
        ("reasons", CARRIED),
        ("without", WITHOUT),
        ("against", {"against": AGAINST}),
        ("nothing", {"nothing": NO_REASON}),
    ]
    return [
        (kind, meaning, _compiled(pattern.replace("«", "").replace("»", ""), values, end))
        for kind, table in tables
        for end in [_END_OF_VERDICT if kind == "verdict" else _END]
        for meaning, alternatives in table.items()
        for pattern in alternatives
    ]


def _compiled(pattern: str, values: Mapping[str, str], end: str = "") -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", pattern)
    text = "".join(values[part] if number % 2 else re.escape(part) for number, part in enumerate(parts))
    return re.compile(text + end, re.IGNORECASE)
