"""Which titles "it", "them" or "those two" stand for, where no other reading makes sense."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from recexplainer_core.rationale.extraction.masking import Masked

_SEVERAL = (
    r"(?:these|those) (?!days|reasons|things|suggestions|recommendations)[a-z]+s|both of them|those two|these two"
    r"|them both|the two|them|those|these|both|neither of them|neither"
)
_ONE = r"that one|this title|this one|that|it"
_OUT = (
    r"(?:without|take away|take|leave out|leave|remove|drop|lose|ignore|delete|removing|absence of"
    r"|hangs? on|depends? on|hinges? on|needs?|takes|(?:loss|removal) of|with"
    r"|(?:if|had|though) [a-z ]*?(?:had|have|not|never)(?: [a-z]+)?|were|should|if)"
)
_REMOVED = re.compile(
    rf"\b(?P<cue>{_OUT}) (?:(?P<apart>either(?: one| of them| of the two)?)|(?P<several>{_SEVERAL}|they)"
    rf"|(?P<one>{_ONE}))\b"
    r"(?! (?:would|is|are|no longer|still|comes|had (?!been)))"
)
_PASSIVE = re.compile(
    r" (?:were|was|be|been|had been|missing|absent|removed|gone|left|taken|disregarded|ignored)\b"
)
_INSTEAD_OF_TITLE = re.compile(r"^(?:and )?it(?=,? more than any)")
_THAT_IS_WHY = re.compile(
    r"^(?:(?:and|so|well|yes),? )*(?P<them>that|those|they|these)(?= (?:is|are) (?:(?:the|our|my|your|both"
    r"|main|biggest) )*reasons?\b)"
)


class Cited:
    """The history titles that a text has named so far, by sentence."""

    def __init__(self) -> None:
        self._sets: list[tuple[int, ...]] = []

    def add(self, items: Sequence[int]) -> None:
        """Note the titles of a sentence, or of a part of it."""
        if items:
            self._sets.append(tuple(dict.fromkeys(items)))

    def last(self) -> tuple[int, ...]:
        """Return the titles named last."""
        return self._sets[-1] if self._sets else ()

    def one(self) -> tuple[int, ...]:
        """Return the title named last, none where several were named together."""
        return self.last() if len(self.last()) == 1 else ()

    def several(self) -> tuple[int, ...]:
        """Return the titles named last, at least two of them, none where fewer were named."""
        found: dict[int, None] = {}
        for items in reversed(self._sets):
            found = dict.fromkeys((*items, *found))
            if len(found) > 1:
                return tuple(found)
        return ()


def with_titles(sentence: Masked, cited: Cited, previous_claims_nothing: bool) -> Masked:
    """Put titles in place of the pronouns that stand for them.

    Args:
        sentence: a masked sentence.
        cited: what was named before it.
        previous_claims_nothing: whether the sentence before only named titles, so that "that" takes them up.
    """
    groups = list(sentence.titles)

    def token(items: tuple[int, ...]) -> str:
        groups.append(items)
        return f"T{len(groups) - 1}"

    def removed(found: re.Match[str]) -> str:
        if found["cue"] in ("were", "should", "if", "with") and not _PASSIVE.match(
            sentence.text, found.end()
        ):
            return found[0]
        within = Cited()
        within._sets = list(cited._sets)
        for earlier in re.findall(r"T\d+", sentence.text[: found.start()]):
            within.add(sentence.items_of(earlier))
        if found["apart"]:
            apart = within.several()
            return ", ".join(f"{found['cue']} {token((item,))}" for item in apart) or found[0]
        items = within.one() if found["one"] else within.several() or within.last()
        cue = re.sub(r"\bhad\b", "had not", found["cue"]) if "neither" in found[0] else found["cue"]
        return f"{cue} {token(items)}" if items else found[0]

    text = _REMOVED.sub(removed, sentence.text)
    if cited.one():
        text = _INSTEAD_OF_TITLE.sub(lambda _: token(cited.one()), text)
    if previous_claims_nothing and cited.last() and (found := _THAT_IS_WHY.match(text)):
        text = f"{text[: found.start('them')]}{token(cited.last())}{text[found.end('them') :]}"
    return replace(sentence, text=text, titles=tuple(groups))
