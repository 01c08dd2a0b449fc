"""Which attribute of a catalogue a question means: "who directed" and "by whom" ask for a director."""

from __future__ import annotations

import re

from recexplainer_core.catalogue import Catalogue

_ASKED_BY = (
    (r"\bdirect(?:ed|or|ors|s)?\b", ("director", "directors")),
    (r"\b(?:wrote|written|author|authors|writer)\b", ("author", "authors", "writer")),
    (r"\b(?:when|what year|which year|how old|release[ds]?|come out|came out)\b", ("year", "decade", "date")),
    (r"\b(?:decades?|eras?|period|old or new|older or newer|old(?:er)? films|recent films)\b", ("decade", "year")),
    (r"\b(?:country|countries|where .*(?:from|made)|nationality)\b", ("country", "countries", "origin")),
    (r"\b(?:genres?|kinds? of|sorts? of|types?)\b", ("genre", "genres", "category", "categories", "type")),
    (r"\b(?:themes?|about|subjects?|topics?)\b", ("theme", "themes", "subject", "tags", "keywords")),
    (r"\b(?:moods?|atmosphere|feel(?:ing)? like|tone)\b", ("mood", "moods", "tone")),
    (r"\b(?:actors?|actress(?:es)?|cast|stars?|starring|plays in)\b", ("actor", "actors", "cast", "star", "stars")),
    (r"\b(?:brands?|who makes?|made by|manufacturers?|maker)\b", ("brand", "brands", "manufacturer", "maker")),
    (r"\b(?:publish(?:er|ed|ers)|label|studio)\b", ("publisher", "publishers", "label", "studio")),
    (r"\b(?:develop(?:er|ed|ers))\b", ("developer", "developers")),
    (r"\b(?:platforms?|runs? on)\b", ("platform", "platforms")),
    (r"\b(?:language)\b", ("language", "languages")),
    (r"\b(?:colou?rs?)\b", ("colour", "color", "colours", "colors")),
    (r"\b(?:price|cost)\b", ("price",)),
)  # fmt: skip


def asked_attributes(words: str, catalogue: Catalogue) -> list[str]:
    """Return the attributes that the words of a question ask for, in order; those of the catalogue alone."""
    by_name = {name.lower(): name for name in catalogue.attributes}
    found: dict[str, None] = {}
    for name in by_name:
        if re.search(rf"\b{re.escape(name.rstrip('s'))}s?\b", words):
            found[by_name[name]] = None
    for pattern, names in _ASKED_BY:
        if re.search(pattern, words):
            known = [by_name[name] for name in names if name in by_name]
            found |= dict.fromkeys(known[:1])
    return [*found]


def asks_for_one(words: str) -> bool:
    """Return whether the words ask for an attribute of any kind, in the catalogue or not."""
    return any(re.search(pattern, words) for pattern, _ in _ASKED_BY)


def one_of(name: str) -> str:
    """Return an attribute's name for one value of it."""
    return (
        f"{name[:-3]}y"
        if name.endswith("ies") and name != "series"
        else name.removesuffix("s")
        if name not in _SINGULAR
        else name
    )


_SINGULAR = ("series", "cast", "class", "status", "canvas", "diagnosis", "species")
