"""Titles as a person wants them: no markup residue, articles in front, a bearable length."""

from __future__ import annotations

import html
import html.entities
import re
import unicodedata

ARTICLE = re.compile(
    r"the|an?|les?|la|l['’]|une?|una|il|lo|i|gli|el|l[ao]s|der|die|das|den|eine?|det|en|de|het|een|os?|da",
    re.I,
)
IN_OTHER_TITLES = re.compile(r"The|An?|Les?|La|Las|Los|El|Il|Une?|Der|Die|Das|L['’]")
"""Articles that are moved in titles of anything: written as in a title ("LA" is a state), and no letter but A."""
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);")
JOINERS = "\u200c\u200d"  # invisible, but Persian and Indic words need them
PUNCTUATION = " ,;:-–|"
DANGLING = re.compile(
    r"(\s+(an?|the|and|or|&|\+|plus|with|w/|for|from|in|of|on|to|by|at|as|your|is)|\s*[,;:|(–-])+$", re.I
)
BREAKS = re.compile(r"\s+[-–—|~•★●:/]+\s|\s*[,;!.:]\s|\s+[(\[]")


def readable(text: str) -> str:
    """Return the text with HTML entities resolved, control characters gone and white space normalised.

    Guillemets become quotation marks: they are what rationales mark a cited title with.
    """
    if text.isascii() and text.isprintable() and "&" not in text:
        return " ".join(text.split())
    for _ in range(3):  # entities escaped twice are common in scraped data
        text, before = ENTITY.sub(_character, text), text
        if text == before:
            break
    kept = []
    for c in unicodedata.normalize("NFC", text):
        category = unicodedata.category(c)
        if category in ("Cc", "Zl", "Zp", "Zs"):
            kept.append(" ")
        elif category[0] != "C" or c in JOINERS:
            kept.append({"«": "“", "»": "”"}.get(c, c))
    return " ".join("".join(kept).split()).strip(JOINERS + " ")


def _character(entity: re.Match[str]) -> str:
    """Return what an entity stands for. HTML also knows some without a semicolon, which "R&D" is no case of."""
    known = entity[0][1] == "#" or entity[0][1:] in html.entities.html5
    return html.unescape(entity[0]) if known else entity[0]


def item_title(text: str) -> str:
    """Return the title of anything as a person would say it: readable, an article behind a comma in front."""
    return article_first(readable(text), IN_OTHER_TITLES)


def film_title(text: str) -> tuple[str, int | None]:
    """Split "Matrix, The (1999)" into ("The Matrix", 1999), as MovieLens writes titles.

    Other names in brackets at the end ("(a.k.a. ...)", the original title) are left out. The year is None
    when the title tells none. A title that is nothing but a year in brackets stays.
    """
    text = readable(text)
    year = None
    if match := re.search(r"\s*\((\d{4})(?:\s*[-–]\s*(?:\d{4})?)?\)$", text):
        year, text = int(match[1]), text[: match.start()] or text
    return article_first(_without_other_names(text)), year


def article_first(title: str, articles: re.Pattern[str] = ARTICLE) -> str:
    """Move an article behind a comma to the front: "Postino, Il" -> "Il Postino".

    It may stand at the end or before a colon ("Crow, The: Salvation"). `articles` are those that are moved.
    """
    match = re.fullmatch(r"(.+?), ([\w'’]+)(:.*)?", title)
    if not match or not articles.fullmatch(match[2]):
        return title
    rest, article, subtitle = match.groups(default="")
    space = "" if article.endswith(("'", "’")) else " "
    return f"{article}{space}{rest}{subtitle}"


def _without_other_names(title: str) -> str:
    while title.endswith(")"):
        depth, start = 0, len(title)
        for start in range(len(title) - 1, -1, -1):
            depth += {")": 1, "(": -1}.get(title[start], 0)
            if depth == 0:
                break
        rest = title[:start].rstrip()
        # "Birdman: Or (The Unexpected Virtue of Ignorance)" is one title; so is one that is all brackets.
        if depth or not rest or re.search(r"\b(?:or|and)$", rest, re.I):
            break
        title = rest
    return title


def shorten(title: str, limit: int = 80, least: int = 30) -> str:
    """Cut a long product title down to what identifies the product.

    It is cut at the last natural break (dash, comma, bracket, end of a sentence) between `least` and `limit`
    characters; without one at a word, marked by an ellipsis. A title that is not too long stays as it is,
    but for a comma at its end, where a list was cut.
    """
    if len(title) <= limit:
        return title.rstrip(" ,;") or title
    ends = [m.start() for m in BREAKS.finditer(title) if least <= m.start() <= limit]
    for end in reversed(ends):
        if title.count("(", 0, end) == title.count(")", 0, end):  # not inside a bracket
            return title[:end].rstrip(PUNCTUATION)
    head = title[: limit - 1]
    words = head if title[limit - 1] == " " else head.rpartition(" ")[0] or head
    return DANGLING.sub("", words) + "…"


def first_left_out(title: str, short: str, longest: int = 40) -> str:
    """Return the first piece that `shorten` left out, such as a shade or a size; empty if it is too long."""
    if short == title:
        return ""
    rest = title[len(short.rstrip("…")) :].strip(PUNCTUATION + "()[]")
    piece = BREAKS.split(rest)[0].strip(PUNCTUATION + "()[]")
    return piece if len(piece) <= longest else ""
