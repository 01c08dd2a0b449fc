"""How values of attributes are said: as something that is liked, and as what an item is like.

Slots: {value}, {name} (of the attribute) and {items_word}.
"""

from __future__ import annotations

from collections.abc import Mapping

_KIND_OF = ("{value}", "{value} {items_word}")
_IS_KIND = ("counts as {value}", "is filed under {value}", "falls under {value}")
_BY = ("{items_word} by {value}", "the work of {value}", "{value}", "what {value} makes")
_IS_BY = ("is by {value}", "is the work of {value}", "comes from {value}", "carries the name of {value}")
_WITH = ("{items_word} with {value}", "{value}", "whatever has {value} in it")
_HAS = ("has {value}", "features {value}", "has {value} in it")
_ABOUT = ("{items_word} about {value}", "stories of {value}", "the theme of {value}")
_IS_ABOUT = ("is about {value}", "deals with {value}", "turns on {value}", "has {value} as its theme")
_FROM = ("{items_word} from {value}", "what comes from {value}", "{items_word} made in {value}")
_IS_FROM = ("comes from {value}", "is from {value}", "was made in {value}")
_OF_TIME = ("{items_word} of the {value}", "{items_word} from the {value}", "the {value}")
_IS_OF_TIME = ("is from the {value}", "dates from the {value}", "belongs to the {value}")
_FEELS = ("{value} {items_word}", "{items_word} with a {value} mood", "a {value} mood")
_IS_FELT = ("is {value} in mood", "has a {value} mood", "is {value}")
_BRANDED = ("{value}", "{items_word} by {value}", "the brand {value}", "{value} {items_word}")
_IS_BRANDED = ("is by {value}", "comes from {value}", "is a {value} one", "carries the {value} name")
_TAGGED = ("{value}", "{items_word} tagged “{value}”", "what is tagged “{value}”")
_IS_TAGGED = ("is tagged “{value}”", "carries the tag “{value}”", "goes under “{value}”")
_IN = ("{items_word} in {value}", "{value}", "whatever is in {value}")
_IS_IN = ("is in {value}", "comes in {value}")
_FOR = ("{items_word} for {value}", "{value} {items_word}", "{value}")
_IS_FOR = ("is for {value}", "runs on {value}", "was made for {value}")

TASTES: Mapping[str, tuple[str, ...]] = (
    dict.fromkeys(("genre", "genres", "category", "categories", "subcategory", "type", "style"), _KIND_OF)
    | dict.fromkeys(("director", "directors", "author", "authors", "artist", "artists", "writer"), _BY)
    | dict.fromkeys(("developer", "developers", "publisher", "publishers", "studio"), _BY)
    | dict.fromkeys(("actor", "actors", "cast", "starring"), _WITH)
    | dict.fromkeys(("theme", "themes", "subject", "subjects", "topic", "topics"), _ABOUT)
    | dict.fromkeys(("country", "countries", "origin"), _FROM)
    | dict.fromkeys(("decade", "decades", "era", "period"), _OF_TIME)
    | dict.fromkeys(("mood", "moods", "tone"), _FEELS)
    | dict.fromkeys(("brand", "brands", "manufacturer", "maker"), _BRANDED)
    | dict.fromkeys(("tag", "tags", "keyword", "keywords", "feature", "features"), _TAGGED)
    | dict.fromkeys(("language", "languages", "colour", "color", "material"), _IN)
    | dict.fromkeys(("platform", "platforms", "system"), _FOR)
)
"""Attribute -> noun phrases for what is liked."""
KINDS: Mapping[str, tuple[str, ...]] = (
    dict.fromkeys(("genre", "genres", "category", "categories", "subcategory", "type", "style"), _IS_KIND)
    | dict.fromkeys(("director", "directors", "author", "authors", "artist", "artists", "writer"), _IS_BY)
    | dict.fromkeys(("developer", "developers", "publisher", "publishers", "studio"), _IS_BY)
    | dict.fromkeys(("actor", "actors", "cast", "starring"), _HAS)
    | dict.fromkeys(("theme", "themes", "subject", "subjects", "topic", "topics"), _IS_ABOUT)
    | dict.fromkeys(("country", "countries", "origin"), _IS_FROM)
    | dict.fromkeys(("decade", "decades", "era", "period"), _IS_OF_TIME)
    | dict.fromkeys(("mood", "moods", "tone"), _IS_FELT)
    | dict.fromkeys(("brand", "brands", "manufacturer", "maker"), _IS_BRANDED)
    | dict.fromkeys(("tag", "tags", "keyword", "keywords", "feature", "features"), _IS_TAGGED)
    | dict.fromkeys(("language", "languages", "colour", "color", "material"), _IS_IN)
    | dict.fromkeys(("platform", "platforms", "system"), _IS_FOR)
)
"""Attribute -> predicates of an item that has the value."""
TASTES_OTHERWISE = ("{items_word} with the {name} {value}", "the {name} {value}")
KINDS_OTHERWISE = ("has the {name} {value}", "is listed with the {name} {value}")
WORDS_TASTES = ("{value}", "{items_word} with “{value}” in the name", "anything called “{value}”")
WORDS_KINDS = ("has “{value}” in its name", "is called “{value}”, among other things", "goes by “{value}”")
"""The same where a catalogue has no attributes, and the value is a word of titles."""
