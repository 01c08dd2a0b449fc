"""Other words for what catalogues hold: genres, countries, decades, and which attributes hold names."""

from __future__ import annotations

from collections.abc import Mapping

PERSONS = frozenset(
    {"director", "directors", "author", "authors", "artist", "artists", "writer", "writers"}
    | {"actor", "actors", "cast", "starring", "composer", "creator"}
)
"""Attributes whose values are people, who may be called by the last word of their names."""
NAMES = PERSONS | frozenset(
    {"brand", "brands", "developer", "developers", "publisher", "publishers", "studio", "manufacturer"}
    | {"maker", "platform", "platforms", "system", "country", "countries", "origin", "language"}
)
"""Attributes whose values are written with capitals."""
SYNONYMS: tuple[frozenset[str], ...] = tuple(
    frozenset(words.split("|"))
    for words in (
        "science fiction|sci fi|scifi|sf|science fictional",
        "noir|film noir",
        "romance|romantic|love story",
        "comedy|comic|comedic",
        "animation|animated|cartoon",
        "children s|children|kid|child",
        "mystery|whodunit|detective story",
        "historical|historic",
        "biography|biographical|biopic",
        "war|wartime",
        "thriller|suspense",
        "role playing|rpg|role playing game",
        "roguelike|rogue like|roguelite",
        "platformer|platform game|platforming",
        "strategy|strategic",
        "shooter|fps|first person shooter",
        "moisturiser|moisturizer",
        "ageing|aging|anti ageing|anti aging",
        "honour|honor",
        "humour|humor",
    )
)
"""Words that mean the same, as `normalise_title` leaves them, in the singular."""
ADJECTIVES: Mapping[str, str] = {
    "japan": "japanese",
    "france": "french",
    "germany": "german",
    "west germany": "german",
    "italy": "italian",
    "spain": "spanish",
    "uk": "british",
    "united kingdom": "british",
    "usa": "american",
    "united states": "american",
    "sweden": "swedish",
    "denmark": "danish",
    "norway": "norwegian",
    "finland": "finnish",
    "russia": "russian",
    "ussr": "soviet",
    "soviet union": "soviet",
    "poland": "polish",
    "india": "indian",
    "iran": "iranian",
    "china": "chinese",
    "hong kong": "hong kong",
    "taiwan": "taiwanese",
    "south korea": "korean",
    "mexico": "mexican",
    "brazil": "brazilian",
    "argentina": "argentinian",
    "canada": "canadian",
    "australia": "australian",
    "ireland": "irish",
    "belgium": "belgian",
    "austria": "austrian",
    "hungary": "hungarian",
    "greece": "greek",
    "senegal": "senegalese",
    "turkey": "turkish",
}
"""Country -> its adjective."""
DECADES: Mapping[str, str] = {
    "twenties": "20",
    "thirties": "30",
    "forties": "40",
    "fifties": "50",
    "sixties": "60",
    "seventies": "70",
    "eighties": "80",
    "nineties": "90",
}
ATTRIBUTES: Mapping[str, tuple[str, ...]] = {
    "director": ("directors", "film-maker", "filmmaker"),
    "author": ("authors", "writer"),
    "developer": ("developers", "studio"),
    "brand": ("brands", "maker", "manufacturer"),
    "category": ("categories", "type"),
    "genre": ("genres",),
    "theme": ("themes", "subject"),
    "country": ("countries",),
    "decade": ("decades", "era"),
    "concern": ("concerns",),
    "platform": ("platforms",),
    "mood": ("moods", "tone"),
    "actor": ("actors", "cast", "star"),
}
"""What attributes are called -> what else they are called."""


def singular(word: str) -> str:
    """Return a word without the ending of its plural; good enough to compare words by."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def other_forms(value: str) -> set[str]:
    """Return what else a value is called: synonyms, a country's adjective, a decade in words.

    Args:
        value: as `normalise_title` leaves it.
    """
    found = {form for words in SYNONYMS if value in words for form in words}
    if value in ADJECTIVES:
        found.add(ADJECTIVES[value])
    if value[:2] in ("18", "19", "20") and value.endswith("0s") and len(value) == 5:
        found.add(value[2:])
        found |= {word for word, tens in DECADES.items() if value[2:4] == tens and value[:2] == "19"}
    return found - {value}
