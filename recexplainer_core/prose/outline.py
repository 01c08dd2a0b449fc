"""What each sentence of a reason is to say, and in which order: a voice says more or less of what is claimed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from recexplainer_core.rationale.claims import (
    Cites,
    Claim,
    Interest,
    Prefers,
    Rank,
    Removal,
    Shares,
    Strongest,
)
from recexplainer_core.rationale.voices import Voice


@dataclass(frozen=True)
class Part:
    """A sentence to be written.

    Args:
        kind: of the frames for it.
        claims: what it claims.
        items: history items that it names, in order.
        value: the (attribute, value) pair that it speaks of.
        other: the item that the explained one is compared with.
        above_all: whether the one title that it names counts for more than any other.
        without: what becomes of the explained item without these titles, where that is said in the same sentence.
    """

    kind: str
    claims: tuple[Claim, ...]
    items: tuple[int, ...] = ()
    value: tuple[str, str] | None = None
    other: int | None = None
    above_all: bool = False
    without: str | None = None


def outline(claims: Sequence[Claim], voice: Voice) -> list[Part]:
    """Return the sentences of a reason for one item."""
    return [_line(claims)] if voice == "brief" else _paragraph(claims)


def _paragraph(claims: Sequence[Claim]) -> list[Part]:
    """Say it in full: what speaks for the item, what weighs most, what becomes of it without that, what is against."""
    interest, cites, against = _of(claims)
    rank = next((one for one in claims if isinstance(one, Rank)), None)
    prefers = next((one for one in claims if isinstance(one, Prefers)), None)
    parts = [_lead(rank, prefers, interest, cites)]
    if interest and cites:
        parts.append(_with_items("also_cite", tuple(cites), [one.item for one in cites]))
    shares = next((one for one in claims if isinstance(one, Shares)), None)
    speaks_for = prefers is None and (rank is None or rank.band in ("first", "recommended"))
    if shares and speaks_for and parts[0].items == (shares.item,) and parts[0].value is None:
        value = (
            shares.attribute,
            shares.value,
        )  # said in the same breath, so that the title is not named again
        parts[0] = replace(parts[0], claims=(*parts[0].claims, shares), value=value)
    elif shares:
        parts.append(Part("shares", (shares,), (shares.item,), (shares.attribute, shares.value)))
    strongest = next((one for one in claims if isinstance(one, Strongest)), None)
    removal = next((one for one in claims if isinstance(one, Removal)), None)
    lead, named = parts[0], {item for part in parts for item in part.items}
    if strongest and not removal and lead.kind.endswith("_cite") and lead.items == (strongest.item,):
        parts[0] = replace(lead, claims=(*lead.claims, strongest), above_all=True)
    elif strongest and removal and removal.items == (strongest.item,):  # one title, named once
        parts.append(Part(f"strongest_{removal.outcome}_it", (strongest, removal), removal.items))
    else:
        parts += [_removed(removal, named)] if removal else []
        parts += [Part("strongest", (strongest,), (strongest.item,))] if strongest else []
    return [*parts, *(Part("against", (one,), (one.item,)) for one in against)]


def _removed(claim: Removal, named: set[int]) -> Part:
    """Say what becomes of the item without some titles, which are not named again where they alone have been named."""
    if len(claim.items) == 1:
        return Part(f"{claim.outcome}_it", (claim,), claim.items)
    return Part(
        f"{claim.outcome}_them" if named == set(claim.items) else claim.outcome, (claim,), claim.items
    )


def _lead(rank: Rank | None, prefers: Prefers | None, interest: Interest | None, cites: list[Cites]) -> Part:
    if prefers is not None:
        kind = "prefers_cite" if cites else "prefers"
        return _with_items(kind, (prefers, *cites), [one.item for one in cites], other=prefers.other)
    told: tuple[Claim, ...] = () if rank is None else (rank,)
    begins = "plain" if rank is None else rank.band
    if interest is not None and begins not in ("near", "far"):
        kind = f"{begins}_interest" + ("" if len(interest.items) > 1 else "_one")
        return Part(kind, (*told, interest), interest.items, (interest.attribute, interest.value))
    if cites:
        return _with_items(f"{begins}_cite", (*told, *cites), [one.item for one in cites])
    return Part(f"{begins}_nothing", told)


def _line(claims: Sequence[Claim]) -> Part:
    """Say one thing alone, a taste or what speaks for the item, and what becomes of it without that."""
    interest, cites, against = _of(claims)
    prefers = next((one for one in claims if isinstance(one, Prefers)), None)
    removal = next((one for one in claims if isinstance(one, Removal)), None)
    shares = next((one for one in claims if isinstance(one, Shares)), None)
    cited = [one.item for one in cites]
    if prefers is not None:
        return _lead(None, prefers, None, cites)
    if interest is not None:
        kind = "interest" if len(interest.items) > 1 else "interest_one"
        line = Part(kind, (interest,), interest.items, (interest.attribute, interest.value))
    elif len(cites) == 1 and shares is not None and shares.item == cited[0]:
        line = Part("cite", (*cites, shares), (shares.item,), (shares.attribute, shares.value))
    elif cites:
        line = _with_items("cite", tuple(cites), cited)
    else:
        return Part("against", (against[0],), (against[0].item,)) if against else Part("nothing", ())
    if removal is None or set(removal.items) != set(line.items):
        return line
    return replace(line, claims=(*line.claims, removal), without=removal.outcome)


def _of(claims: Sequence[Claim]) -> tuple[Interest | None, list[Cites], list[Cites]]:
    interest = next((one for one in claims if isinstance(one, Interest)), None)
    cites = [one for one in claims if isinstance(one, Cites)]
    return (
        interest,
        [one for one in cites if one.stance == "for"],
        [one for one in cites if one.stance == "against"],
    )


def _with_items(kind: str, claims: tuple[Claim, ...], items: Sequence[int], other: int | None = None) -> Part:
    """Return a part whose frames name one title, or, with an s behind the kind, several."""
    return Part(kind + ("s" if len(items) > 1 else ""), claims, tuple(items), other=other)
