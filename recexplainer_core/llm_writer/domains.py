"""The domains that the writer is taught in: their words, the values that their items have, and titles to be cited.

Titles and people are real and well known; beside them stand titles put together from words, so that the writer learns
to cite whatever it is given instead of what it has heard of.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

from recexplainer_core.catalogue import FILMS, PRODUCTS, Wording


@dataclass(frozen=True)
class Domain:
    """What a catalogue of one kind is like.

    Args:
        wording: its words.
        attributes: name -> values; none where items have only titles.
        titles: real ones.
        patterns: of made ones; {a} and {b} take words.
        words: to be put there.
    """

    wording: Wording
    attributes: Mapping[str, tuple[str, ...]]
    titles: tuple[str, ...]
    patterns: tuple[str, ...]
    words: tuple[str, ...]

    def title(self, rng: random.Random, word: str | None = None) -> str:
        """Return a title, every other time a made one; one with a word in it where that is given."""
        if word is None and rng.random() < 0.5:
            return rng.choice(self.titles)
        a, b = rng.sample(self.words, 2)
        return rng.choice(self.patterns).format(a=word or a, b=b, n=rng.randrange(2, 30))


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";"))


_WORDS = _listed(
    "Silver; Harbour; Winter; Stone; Glass; Lantern; Meadow; Iron; Crow; Orchard; Salt; Tide; Ember; Willow; Marble; "
    "Thunder; Copper; Garden; Hollow; River; Shadow; Amber; Frost; Cedar; Falcon; Velvet; Storm; Island; Mirror; Clay; "
    "Signal; Desert; Midnight; Paper; Summer; Wolf; Bridge; Canyon; Feather; Echo; Crimson; Valley; Anchor; Dust"
)
_OF_WORKS = (
    "The {a} {b}",
    "{a} and {b}",
    "The {b} of {a}",
    "{a}",
    "{a} {n}",
    "{a}: The {b}",
    "Beyond the {a}",
)

_FILMS = Domain(
    FILMS,
    {
        "genre": _listed(
            "Drama; Comedy; Horror; Science fiction; Western; Musical; War; Romance; Thriller; Animation"
        ),
        "director": _listed(
            "Alfred Hitchcock; Akira Kurosawa; Agnès Varda; Billy Wilder; Ingmar Bergman; Jane Campion; John Ford; "
            "Satyajit Ray; Stanley Kubrick; Federico Fellini"
        ),
        "country": _listed("Japan; France; Italy; Sweden; USA; India; Brazil; Iran; UK; Germany"),
        "decade": _listed("1930s; 1940s; 1950s; 1960s; 1970s; 1980s; 1990s; 2000s"),
        "theme": _listed(
            "solitude; revenge; family; memory; faith; class; growing up; betrayal; war; friendship; the sea"
        ),
        "mood": _listed("melancholic; playful; tense; tender; dark; wistful"),
    },
    _listed(
        "Alien; Vertigo; Casablanca; Rashomon; The Third Man; La Strada; The Apartment; Psycho; Tokyo Story; Ran; "
        "The Seventh Seal; Some Like It Hot; Cléo from 5 to 7; 2001: A Space Odyssey; Pather Panchali; Stagecoach; "
        "The Piano; Close-Up; M; City Lights; Wild Strawberries; Jaws; Star Wars; Blade Runner; Who's That Knocking "
        "at My Door; Monsters, Inc.; Bringing Up Baby; The General; Sunset Blvd.; In the Mood for Love; 12 Angry Men"
    ),
    _OF_WORKS,
    _WORDS,
)
_BOOKS = Domain(
    Wording("book", "books", "reader", "readers", "read"),
    {
        "author": _listed(
            "Jane Austen; Leo Tolstoy; Virginia Woolf; Charles Dickens; Mary Shelley; Franz Kafka; George Eliot; "
            "Jules Verne; Herman Melville; Toni Morrison"
        ),
        "genre": _listed("Fantasy; Crime; Historical fiction; Poetry; Biography; Science fiction; Essays"),
        "subject": _listed("travel; philosophy; the sea; marriage; justice; nature; money; childhood"),
        "language": _listed("English; French; German; Russian; Spanish; Japanese"),
        "series": _listed("Discworld; Earthsea; The Barchester Chronicles; Foundation"),
    },
    _listed(
        "Emma; War and Peace; Mrs Dalloway; Bleak House; Frankenstein; The Trial; Middlemarch; Moby-Dick; Beloved; "
        "Pride and Prejudice; Around the World in Eighty Days; The Waves; Persuasion; Hard Times; Dracula; Ulysses; "
        "A Room of One's Own; The Metamorphosis; Silas Marner; Wuthering Heights; Jane Eyre; Kim; Walden; Candide"
    ),
    _OF_WORKS,
    _WORDS,
)
_GAMES = Domain(
    Wording("game", "games", "player", "players", "played"),
    {
        "genre": _listed(
            "Strategy; Puzzle; Platformer; Role-playing; Racing; Simulation; Adventure; Shooter"
        ),
        "developer": _listed("Nintendo; Valve; Supergiant Games; FromSoftware; Sega; Capcom; id Software"),
        "platform": _listed("Windows; PlayStation; Switch; Linux; Xbox"),
        "tags": _listed("open world; co-op; pixel graphics; story rich; turn-based; relaxing; roguelike"),
        "publisher": _listed("Devolver Digital; Annapurna Interactive; Square Enix; Ubisoft"),
    },
    _listed(
        "Portal 2; Tetris; Celeste; Hades; Doom; Stardew Valley; Civilization VI; Half-Life; Hollow Knight; Braid; "
        "The Witness; Dark Souls; Outer Wilds; Super Mario Odyssey; Disco Elysium; Into the Breach; Gris; Limbo; "
        "Sonic Mania; Street Fighter II; Factorio; Slay the Spire; Journey; Undertale"
    ),
    ("{a} {b}", "{a} {n}", "{a}: {b} Edition", "Tales of {a}", "{a} Racer {n}", "{a} & {b}"),
    _WORDS,
)
_BEAUTY_WORDS = _listed(
    "Rose; Aloe; Argan; Lavender; Vanilla; Honey; Coconut; Mint; Jojoba; Almond; Citrus; Cocoa; Tea Tree; Peach"
)
_BEAUTY_TITLES = _listed(
    "Moisturizing Hand Cream, 3.4 oz; Dry Shampoo, Unscented; Nail File Set (Pack of 6); Volume Mascara - Black; "
    "Eyelash Curler; Sunscreen Lotion SPF 50; Lip Balm, Cherry; Ceramic Hair Straightener, 1 Inch; Bath Sponge; "
    "Gentle Face Wash; Cotton Pads, 100 Count; Makeup Brush Set, 12 Pieces; Night Serum 30ml; Beard Oil"
)
_BEAUTY_PATTERNS = (
    "{a} & {b} Body Lotion, {n} oz",
    "{a} Shampoo",
    "{a} Oil for Dry Skin ({n} ml)",
    "{a} and {b} Soap - {n} Count",
    "{a} Lip Balm",
    "Conditioner with {a}, {n} fl. oz.",
)
_BEAUTY = Domain(
    PRODUCTS,
    {
        "brand": _listed("L'Oréal; Maybelline; Nivea; Dove; Neutrogena; Burt's Bees; OPI; Revlon; Olay"),
        "category": _listed("Hair care; Skin care; Makeup; Nails; Fragrance; Tools; Bath"),
        "colour": _listed("red; black; nude; rose gold; clear"),
        "feature": _listed("fragrance free; waterproof; travel size; organic"),
    },
    _BEAUTY_TITLES,
    _BEAUTY_PATTERNS,
    _BEAUTY_WORDS,
)
_TITLES_ONLY = Domain(PRODUCTS, {}, _BEAUTY_TITLES, _BEAUTY_PATTERNS, _BEAUTY_WORDS)

TAUGHT: Mapping[str, Domain] = {
    "films": _FILMS,
    "books": _BOOKS,
    "games": _GAMES,
    "beauty": _BEAUTY,
    "beauty, titles alone": _TITLES_ONLY,
}
"""Domains of the lesson."""

UNSEEN = Domain(
    Wording("recipe", "recipes", "cook", "cooks", "cooked"),
    {
        "cuisine": _listed("Thai; Mexican; Lebanese; Ethiopian; Basque; Korean"),
        "course": _listed("Soup; Dessert; Breakfast; Salad; Main dish"),
        "ingredient": _listed("lentils; ginger; aubergine; chickpeas; saffron; walnuts"),
        "diet": _listed("vegan; gluten-free; vegetarian"),
    },
    _listed(
        "Minestrone; Green Curry; Shakshuka; Apple Crumble; Beef Stew; Caesar Salad; Pad Thai; Ratatouille; Paella; "
        "Miso Soup; Banana Bread; Falafel; Gazpacho; Lemon Tart; Kimchi Pancakes; Dal Makhani; Tabbouleh; Pavlova"
    ),
    (
        "{a} Soup",
        "{a} and {b} Stew",
        "Roast {a}",
        "{a} Salad with {b}",
        "Grandmother's {a} Cake",
        "{a} Curry",
    ),
    _listed(
        "Pumpkin; Leek; Barley; Fennel; Mushroom; Potato; Cabbage; Plum; Spinach; Beetroot; Carrot; Quince"
    ),
)
"""A domain that the lesson leaves out, to measure on."""
