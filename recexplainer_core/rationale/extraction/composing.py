"""What each sentence claims, composed of what it says of titles, values, places and removals."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from recexplainer_core.catalogue import Catalogue, normalise_title
from recexplainer_core.rationale.claims import Cites, Claim, Interest, Shares, Strongest
from recexplainer_core.rationale.extraction import cues, evidence_cues, likeness, reason_cues
from recexplainer_core.rationale.extraction.masking import Masked
from recexplainer_core.rationale.extraction.places import preference, rank_of
from recexplainer_core.rationale.extraction.removed import removals
from recexplainer_core.rationale.extraction.roles import Role
from recexplainer_core.rationale.extraction.value_index import Pair
from recexplainer_core.rationale.interest import TITLE


@dataclass(frozen=True)
class Read:
    """A sentence, its titles' roles, the numbers of the values that are liked, and what was cited before "
    "it."""

    sentence: Masked
    roles: Mapping[str, Role]
    liked: Sequence[int]
    before: tuple[int, ...]
    several_before: tuple[int, ...]


@dataclass(frozen=True)
class Reader:
    """Composes the claims of a text's sentences.

    Args:
        catalogue: says who has what.
        item: the explained item.
        other: the item it is compared with.
        read: the sentences, in order.
    """

    catalogue: Catalogue
    item: int
    other: int | None
    read: Sequence[Read]

    def claims(self, place: int) -> tuple[Claim, ...]:
        """Return what a sentence claims."""
        one = self.read[place]
        found: list[Claim | None] = [
            rank_of(one.sentence, self.item, [t for t, role in one.roles.items() if role == "removed"]),
            preference(one.sentence, self.item, self.other),
            *self._interests(place),
        ]
        evidence = self._evidence(one)
        for token, role in one.roles.items():
            items = one.sentence.items_of(token)
            if token in evidence or role in ("removed", "denied"):
                continue
            if role == "strongest" and len(items) == 1:
                found.append(Strongest(items[0]))
            else:
                found += [Cites(each, "against" if role == "against" else "for") for each in items]
        question = bool(cues.QUESTION.search(one.sentence.text))
        if not question:
            found += [*self._shares(one), *removals(one.sentence, one.roles)]
        claims = tuple(dict.fromkeys(claim for claim in found if claim is not None))
        return tuple(claim for claim in claims if isinstance(claim, Cites)) if question else claims

    def _evidence(self, one: Read) -> tuple[str, ...]:
        """Return the titles that a sentence names only to show a taste."""
        if not one.liked:
            return ()
        tokens = [f"T{number}" for number in range(len(one.sentence.titles))]
        return tuple(
            token
            for token in tokens
            if token not in one.roles or (one.roles[token] == "for" and _only_shows(one.sentence.text, token))
        )

    def _interests(self, place: int) -> list[Interest]:
        one = self.read[place]
        if not one.liked:
            return []
        shown = [item for token in self._evidence(one) for item in one.sentence.items_of(token)]
        if not shown:
            shown = self._shown_beside(place)
        pairs = dict.fromkeys(one.sentence.values[number][0] for number in one.liked)
        return [
            Interest(*pair, tuple(dict.fromkeys(item for item in shown if self._has(item, pair))))
            for pair in pairs
        ]

    def _shown_beside(self, place: int) -> list[int]:
        """Return the titles that a neighbouring sentence gives as what the user has chosen, or as "
        "evidence."""
        for neighbour in (place + 1, place - 1):
            if not 0 <= neighbour < len(self.read) or self.read[neighbour].liked:
                continue
            sentence = self.read[neighbour].sentence
            if evidence_cues.SHOWS_A_TASTE.search(sentence.text):
                return [
                    item
                    for number, items in enumerate(sentence.titles)
                    if self.read[neighbour].roles.get(f"T{number}") not in ("removed", "against", "denied")
                    for item in items
                ]
        return []

    def _shares(self, one: Read) -> list[Shares]:
        found: list[Shares] = []
        for clause in likeness.clauses(one.sentence):
            items = self._alike(one, clause)
            numbers = [int(number) for number in re.findall(r"V(\d+)", clause)]
            values = [one.sentence.values[number] for number in numbers if number not in one.liked]
            told = {pair[0] for pairs in values for pair in pairs}
            bound = likeness.bound_values(clause)
            for item in items:
                for number in numbers:
                    token = bound.get(number)
                    if number in one.liked or (token and item not in one.sentence.items_of(token)):
                        continue
                    pairs = one.sentence.values[number]
                    common = [pair for pair in pairs if self._has(item, pair) and self._has(self.item, pair)]
                    found.append(Shares(item, *(common or pairs)[0]))
                for attribute in likeness.same_attributes(clause, self.catalogue):
                    value = likeness.shared_value(self.catalogue, item, self.item, attribute)
                    if value is not None and attribute not in told:
                        found.append(Shares(item, attribute, value))
        return found

    def _alike(self, one: Read, clause: str) -> Sequence[int]:
        """Return the titles that a clause says are like the explained item in something."""
        if not likeness.claims_likeness(clause, one.sentence.text):
            return ()
        excluded = ("removed", "denied")
        tokens = [t for t in re.findall(r"T\d+", clause) if one.roles.get(t) not in excluded]
        tokens = tokens or [
            t for t in re.findall(r"T\d+", one.sentence.text) if one.roles.get(t) not in excluded
        ]
        items = [item for token in tokens for item in one.sentence.items_of(token)]
        if items:
            return items if likeness.with_explained(clause, len(items)) else ()
        if likeness.THREE.search(clause):
            return one.several_before
        return one.before if likeness.TAKES_UP.search(clause) else ()

    def _has(self, item: int, pair: Pair) -> bool:
        if pair[0] == TITLE:
            return pair[1] in normalise_title(self.catalogue.titles[item]).split()
        return pair[1] in self.catalogue.values(item, pair[0])


def _only_shows(text: str, token: str) -> bool:
    """Return whether a title, in a sentence that tells of a taste, is named by way of example."""
    place = text.index(token)
    if evidence_cues.SHOWN_BEFORE.search(text[:place]) or evidence_cues.SHOWN_BEHIND.match(
        text[place + len(token) :]
    ):
        return True
    if reason_cues.FOR_BEHIND.match(text[place + len(token) :]):
        return False
    return bool(evidence_cues.EVIDENCE_BEFORE.search(text[:place]))
