"""What the writer is taught with: evidence about items that nobody has seen, and how the frames by hand word it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import cast

from recexplainer_core.catalogue import Catalogue, normalise_title
from recexplainer_core.histories import History
from recexplainer_core.llm_writer.domains import TAUGHT, Domain
from recexplainer_core.llm_writer.evidence_text import evidence_text
from recexplainer_core.prose.writer import TemplateWriter
from recexplainer_core.rationale.claim_checks import Subject
from recexplainer_core.rationale.claims import (
    Band,
    Cites,
    Claim,
    Interest,
    Prefers,
    Rank,
    Removal,
    Sentence,
    Shares,
    Strongest,
)
from recexplainer_core.rationale.interest import TITLE
from recexplainer_core.rationale.removals import Removals
from recexplainer_core.rationale.surrogate_claims import reasons_of
from recexplainer_core.rationale.voices import VOICES, Voice

_ITEM, _OTHER, _HISTORY = 0, 1, range(2, 7)
_BANDS: tuple[Band, ...] = ("first", "recommended", "near", "far")


@dataclass(frozen=True)
class Lesson:
    """One reason to be worded.

    Args:
        claims: what it claims.
        subject: what it is about.
        voice: for whom it is.
        sentences: how it may be worded.
    """

    claims: tuple[Claim, ...]
    subject: Subject
    voice: Voice
    sentences: tuple[Sentence, ...]

    @property
    def evidence(self) -> str:
        """What the writer is told."""
        return evidence_text(self.claims, self.subject, self.voice)

    @property
    def text(self) -> str:
        """What it is to write."""
        return " ".join(sentence.text for sentence in self.sentences)


def lessons(count: int, seed: int, domains: Mapping[str, Domain] = TAUGHT) -> Iterator[Lesson]:
    """Yield reasons of all kinds, the voices in turn, over several domains."""
    rng, writer = random.Random(seed), TemplateWriter()
    names = list(domains)
    for number in range(count):
        domain, voice = domains[rng.choice(names)], VOICES[number % len(VOICES)]
        claims = _claims(domain, rng)
        subject = _subject(domain, claims, rng)
        yield Lesson(claims, subject, voice, tuple(writer.write(claims, subject, voice, number)))


def _subject(domain: Domain, claims: Sequence[Claim], rng: random.Random) -> Subject:
    """Return items of which the claims can be true."""
    told = next((one for one in claims if isinstance(one, Interest | Shares)), None)
    owners: set[int] = set()
    if told is not None:
        owners = {_ITEM, *(told.items if isinstance(told, Interest) else (told.item,))}
    titles: dict[str, str] = {}
    while len(titles) < 2 + len(_HISTORY):
        in_title = told is not None and told.attribute == TITLE and len(titles) in owners
        title = domain.title(rng, told.value.title() if told is not None and in_title else None)
        titles.setdefault(normalise_title(title), title)
    attributes = {
        name: [
            (told.value,)
            if told is not None and told.attribute == name and item in owners
            else tuple(rng.sample(values, rng.choice((1, 1, 2))))
            for item in range(len(titles))
        ]
        for name, values in domain.attributes.items()
    }
    catalogue = Catalogue([*map(str, range(len(titles)))], [*titles.values()], attributes, domain.wording)
    # The words depend on who is explained what; nobody is asked, since nothing is tested here.
    history = History.of(_HISTORY)
    target, rival = (SimpleNamespace(item=item, history=history) for item in (_ITEM, _OTHER))
    compares = any(isinstance(one, Prefers) for one in claims)
    return Subject(catalogue, cast(Removals, target), cast(Removals, rival) if compares else None)


def _claims(domain: Domain, rng: random.Random) -> tuple[Claim, ...]:
    """Draw claims as a surrogate makes them: of these kinds, in this order, and about as many."""
    items = rng.sample(_HISTORY, len(_HISTORY))
    if rng.random() < 0.1:
        cited = items[: rng.randrange(3)]
        return (Prefers(_ITEM, _OTHER), *map(Cites, cited))
    band = rng.choices(_BANDS, (8, 6, 1, 3))[0]
    claims: list[Claim] = [Rank(_ITEM, band)] if rng.random() < 0.9 else []
    recommended = band in ("first", "recommended")
    if recommended and rng.random() < 0.5:
        shown = tuple(items[: rng.choice((1, 2, 2, 2, 3, 3))])
        claims.append(Interest(*_value(domain, rng), shown))
        items = items[len(shown) :]
        claims += [Cites(one) for one in items[: rng.choice((0, 0, 0, 1, 1, 2))]]
    else:
        cited = items[: rng.choice((1, 1, 1, 2, 2, 3) if recommended else (0, 0, 1, 1))]
        claims += [Cites(one) for one in cited]
        if cited and rng.random() < 0.4:
            claims.append(Shares(cited[0], *_value(domain, rng)))
    reasons = reasons_of(claims)
    if reasons and rng.random() < 0.5:
        claims.append(Strongest(rng.choice(reasons)))
    if reasons and recommended and rng.random() < 0.6:
        claims.append(Removal(reasons, rng.choice(("needed", "robust"))))
    if rng.random() < 0.08:
        claims.append(Cites(items[-1], "against"))
    return tuple(claims)


def _value(domain: Domain, rng: random.Random) -> tuple[str, str]:
    if not domain.attributes:
        return TITLE, rng.choice([word for word in domain.words if " " not in word]).lower()
    name = rng.choice([*domain.attributes])
    return name, rng.choice(domain.attributes[name])
