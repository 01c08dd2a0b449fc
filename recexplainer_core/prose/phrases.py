"""How values of attributes are said: as something that is liked, and as what one item is like.

Slots: {value}, {name} (of the attribute) and {items_word}. Every taste is a plural, so that it can follow
"more", "likes", "a taste for", "one of the" and "both are"; every kind is a predicate of one item.
"""

from __future__ import annotations

from collections.abc import Mapping

_OF_GENRE = ("{value} {items_word}",)
_HAS_GENRE = (
    "belongs to the {value} genre",
    "is of the {value} genre",
    "is in the {value} genre",
)
_OF_CATEGORY = (
    "{items_word} in the {value} category",
    "{items_word} listed under {value}",
)
_HAS_CATEGORY = (
    "belongs to the {value} category",
    "is listed under {value}",
)
_OF_STYLE = ("{items_word} in the {value} style", "{items_word} in {value} style")
_HAS_STYLE = ("is in the {value} style", "follows the {value} style", "is {value} in style")
_DIRECTED = ("{items_word} by {value}", "{items_word} directed by {value}", "{value} {items_word}")
_IS_DIRECTED = ("is by {value}", "was directed by {value}", "is directed by {value}")
_WRITTEN = (
    "{items_word} by {value}",
    "{items_word} written by {value}",
    "{items_word} from the pen of {value}",
)
_IS_WRITTEN = ("is by {value}", "was written by {value}", "comes from the pen of {value}")
_BY = ("{items_word} by {value}", "{items_word} from {value}")
_IS_BY = ("is by {value}", "comes from {value}", "is the work of {value}")
_DEVELOPED = ("{items_word} by {value}", "{items_word} developed by {value}", "{items_word} from {value}")
_IS_DEVELOPED = ("is by {value}", "was developed by {value}", "comes from {value}")
_PUBLISHED = (
    "{items_word} published by {value}",
    "{items_word} put out by {value}",
    "{items_word} from {value}",
)
_IS_PUBLISHED = ("is published by {value}", "was put out by {value}", "comes from {value}")
_MADE = ("{items_word} by {value}", "{items_word} made by {value}", "{items_word} from {value}")
_IS_MADE = ("is by {value}", "is made by {value}", "comes from {value}")
_BRANDED = (
    "{items_word} by {value}",
    "{items_word} of the brand {value}",
    "{value} {items_word}",
    "{items_word} from {value}",
)
_IS_BRANDED = ("is by {value}", "is of the brand {value}", "comes from {value}", "carries the {value} name")
_WITH_CAST = (
    "{items_word} with {value}",
    "{items_word} featuring {value}",
    "{items_word} that have {value} in the cast",
)
_HAS_CAST = ("features {value}", "has {value} in the cast", "counts {value} among its cast")
_FROM = ("{items_word} from {value}", "{items_word} made in {value}")
_IS_FROM = ("comes from {value}", "is from {value}", "was made in {value}")
_OF_DECADE = (
    "{items_word} of the {value}",
    "{items_word} from the {value}",
)
_IS_OF_DECADE = ("is from the {value}", "dates from the {value}", "belongs to the {value}")
_OF_YEAR = (
    "{items_word} from {value}",
    "{items_word} of the year {value}",
    "{items_word} dating from {value}",
)
_IS_OF_YEAR = ("is from {value}", "dates from {value}", "is from the year {value}")
_ABOUT = ("{items_word} about {value}",)
_IS_ABOUT = (
    "is about {value}",
    "deals with {value}",
    "has {value} as its theme",
    "takes up the theme of {value}",
)
_ON = (
    "{items_word} about {value}",
    "{items_word} on the subject of {value}",
    "{items_word} that deal with {value}",
)
_IS_ON = ("is about {value}", "deals with {value}", "takes {value} as its subject")
_IN_MOOD = ("{value} {items_word}",)
_HAS_MOOD = ("is {value} in mood", "is {value}")
_TAGGED = (
    "{items_word} tagged “{value}”",
    "{items_word} with the tag “{value}”",
    "{items_word} that carry the tag “{value}”",
)
_IS_TAGGED = ("is tagged “{value}”", "carries the tag “{value}”", "has the tag “{value}”")
_KEYED = (
    "{items_word} with the keyword “{value}”",
    "{items_word} listed under “{value}”",
    "{items_word} described by “{value}”",
)
_IS_KEYED = ("has the keyword “{value}”", "is listed under “{value}”", "is described by “{value}”")
_FEATURING = ("{items_word} with “{value}” as a feature", "{items_word} that feature “{value}”")
_FEATURES = ("has “{value}” as a feature", "features “{value}”")
_FOR_PLATFORM = ("{items_word} for {value}", "{items_word} that run on {value}", "{value} {items_word}")
_IS_FOR_PLATFORM = ("runs on {value}", "is for {value}", "was made for {value}")
_OF_SERIES = (
    "{items_word} in the {value} series",
    "{items_word} from the {value} series",
    "{value} {items_word}",
)
_IS_OF_SERIES = (
    "is part of the {value} series",
    "belongs to the {value} series",
    "comes from the {value} series",
)
_IN_LANGUAGE = (
    "{items_word} in {value}",
    "{value}-language {items_word}",
    "{items_word} in the {value} language",
)
_IS_IN_LANGUAGE = ("is in {value}", "has {value} as its language", "is in the {value} language")
_COLOURED = ("{value} {items_word}", "{items_word} in {value}", "{items_word} that come in {value}")
_IS_COLOURED = ("comes in {value}", "is {value} in colour", "has {value} as its colour")
_OF_MATERIAL = ("{items_word} made of {value}", "{value} {items_word}", "{items_word} in {value}")
_IS_OF_MATERIAL = ("is made of {value}", "has {value} as its material", "consists of {value}")

TASTES: Mapping[str, tuple[str, ...]] = (
    dict.fromkeys(("genre", "genres", "subgenre", "subgenres"), _OF_GENRE)
    | dict.fromkeys(("category", "categories", "subcategory", "subcategories", "type", "types"), _OF_CATEGORY)
    | dict.fromkeys(("style", "styles"), _OF_STYLE)
    | dict.fromkeys(("director", "directors"), _DIRECTED)
    | dict.fromkeys(("author", "authors", "writer", "writers"), _WRITTEN)
    | dict.fromkeys(("artist", "artists", "band", "designer", "creator", "composer"), _BY)
    | dict.fromkeys(("developer", "developers"), _DEVELOPED)
    | dict.fromkeys(("publisher", "publishers", "label"), _PUBLISHED)
    | dict.fromkeys(("manufacturer", "manufacturers", "maker", "studio", "studios"), _MADE)
    | dict.fromkeys(("brand", "brands"), _BRANDED)
    | dict.fromkeys(("actor", "actors", "actress", "cast", "star", "stars", "starring"), _WITH_CAST)
    | dict.fromkeys(("country", "countries", "origin"), _FROM)
    | dict.fromkeys(("decade", "decades"), _OF_DECADE)
    | dict.fromkeys(("year", "years"), _OF_YEAR)
    | dict.fromkeys(("theme", "themes"), _ABOUT)
    | dict.fromkeys(("subject", "subjects", "topic", "topics"), _ON)
    | dict.fromkeys(("mood", "moods", "tone"), _IN_MOOD)
    | dict.fromkeys(("tag", "tags"), _TAGGED)
    | dict.fromkeys(("keyword", "keywords"), _KEYED)
    | dict.fromkeys(("feature", "features"), _FEATURING)
    | dict.fromkeys(("platform", "platforms", "system"), _FOR_PLATFORM)
    | dict.fromkeys(("series", "franchise", "collection"), _OF_SERIES)
    | dict.fromkeys(("language", "languages"), _IN_LANGUAGE)
    | dict.fromkeys(("colour", "colours", "color", "colors"), _COLOURED)
    | dict.fromkeys(("material", "materials"), _OF_MATERIAL)
)
"""Attribute -> noun phrases for what is liked."""

KINDS: Mapping[str, tuple[str, ...]] = (
    dict.fromkeys(("genre", "genres", "subgenre", "subgenres"), _HAS_GENRE)
    | dict.fromkeys(
        ("category", "categories", "subcategory", "subcategories", "type", "types"), _HAS_CATEGORY
    )
    | dict.fromkeys(("style", "styles"), _HAS_STYLE)
    | dict.fromkeys(("director", "directors"), _IS_DIRECTED)
    | dict.fromkeys(("author", "authors", "writer", "writers"), _IS_WRITTEN)
    | dict.fromkeys(("artist", "artists", "band", "designer", "creator", "composer"), _IS_BY)
    | dict.fromkeys(("developer", "developers"), _IS_DEVELOPED)
    | dict.fromkeys(("publisher", "publishers", "label"), _IS_PUBLISHED)
    | dict.fromkeys(("manufacturer", "manufacturers", "maker", "studio", "studios"), _IS_MADE)
    | dict.fromkeys(("brand", "brands"), _IS_BRANDED)
    | dict.fromkeys(("actor", "actors", "actress", "cast", "star", "stars", "starring"), _HAS_CAST)
    | dict.fromkeys(("country", "countries", "origin"), _IS_FROM)
    | dict.fromkeys(("decade", "decades"), _IS_OF_DECADE)
    | dict.fromkeys(("year", "years"), _IS_OF_YEAR)
    | dict.fromkeys(("theme", "themes"), _IS_ABOUT)
    | dict.fromkeys(("subject", "subjects", "topic", "topics"), _IS_ON)
    | dict.fromkeys(("mood", "moods", "tone"), _HAS_MOOD)
    | dict.fromkeys(("tag", "tags"), _IS_TAGGED)
    | dict.fromkeys(("keyword", "keywords"), _IS_KEYED)
    | dict.fromkeys(("feature", "features"), _FEATURES)
    | dict.fromkeys(("platform", "platforms", "system"), _IS_FOR_PLATFORM)
    | dict.fromkeys(("series", "franchise", "collection"), _IS_OF_SERIES)
    | dict.fromkeys(("language", "languages"), _IS_IN_LANGUAGE)
    | dict.fromkeys(("colour", "colours", "color", "colors"), _IS_COLOURED)
    | dict.fromkeys(("material", "materials"), _IS_OF_MATERIAL)
)
"""Attribute -> predicates of an item that has the value."""

TASTES_OTHERWISE: tuple[str, ...] = (
    "{items_word} with the {name} {value}",
    "{items_word} whose {name} is {value}",
    "{items_word} with {value} as the {name}",
)
KINDS_OTHERWISE: tuple[str, ...] = (
    "has the {name} {value}",
    "has {value} as its {name}",
    "is listed with the {name} {value}",
)
"""The same for any other attribute."""

WORDS_TASTES: tuple[str, ...] = (
    "{items_word} with “{value}” in the name",
    "{items_word} that have “{value}” in their names",
    "{items_word} named with the word “{value}”",
)
WORDS_KINDS: tuple[str, ...] = (
    "has “{value}” in its name",
    "has the word “{value}” in its name",
    "bears “{value}” in its name",
)
"""The same where a catalogue has no attributes, and the value is a word or two of titles."""
