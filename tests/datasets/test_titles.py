"""Titles read as a person would write them."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recexplainer_core.datasets.titles import (
    article_first,
    film_title,
    first_left_out,
    item_title,
    readable,
    shorten,
)


@pytest.mark.parametrize(
    ("written", "title", "year"),
    [
        ("Toy Story (1995)", "Toy Story", 1995),
        ("Matrix, The (1999)", "The Matrix", 1999),
        ("Léon: The Professional (a.k.a. The Professional) (Léon) (1994)", "Léon: The Professional", 1994),
        ("Misérables, Les (1995)", "Les Misérables", 1995),
        ("Postman, The (Postino, Il) (1994)", "The Postman", 1994),
        ("Boot, Das (Boat, The) (1981)", "Das Boot", 1981),
        ("Baader Meinhof Komplex, Der (2008)", "Der Baader Meinhof Komplex", 2008),
        ("Atalante, L' (1934)", "L'Atalante", 1934),
        ("Vitelloni, I (a.k.a. The Young and the Passionate) (1953)", "I Vitelloni", 1953),
        ("Good, the Bad and the Ugly, The (Buono, il brutto, il cattivo, Il) (1966)",)
        + ("The Good, the Bad and the Ugly", 1966),
        ("Crow, The: Wicked Prayer (2005)", "The Crow: Wicked Prayer", 2005),
        ("Godzilla 1985: The Legend Is Reborn (Gojira) (Godzilla) (Return of Godzilla, The) (1984)",)
        + ("Godzilla 1985: The Legend Is Reborn", 1984),
        ("What Have I Done? (a.k.a. Oh (My) God) (1984)", "What Have I Done?", 1984),
        ("(500) Days of Summer (2009)", "(500) Days of Summer", 2009),
        ("Evangelion: 1.0 You Are (Not) Alone (Evangerion shin gekijôban: Jo) (2007)",)
        + ("Evangelion: 1.0 You Are (Not) Alone", 2007),
        ("Birdman: Or (The Unexpected Virtue of Ignorance) (2014)",)
        + ("Birdman: Or (The Unexpected Virtue of Ignorance)", 2014),
        ("Death Note: Desu nôto (2006–2007)", "Death Note: Desu nôto", 2006),
        ("Superman/Doomsday (2007) ", "Superman/Doomsday", 2007),
        ("Black Mirror", "Black Mirror", None),
        ("2001: A Space Odyssey (1968)", "2001: A Space Odyssey", 1968),
        ("1984 (Nineteen Eighty-Four) (1984)", "1984", 1984),
        ("One, Two, Three (1961)", "One, Two, Three", 1961),
        ("I, Robot (2004)", "I, Robot", 2004),
        ("[REC]² (2009)", "[REC]²", 2009),
        ("(2010)", "(2010)", 2010),
    ],
)
def test_movielens_titles(written: str, title: str, year: int | None) -> None:
    assert film_title(written) == (title, year)


@given(st.text())
def test_any_text_can_be_a_film_title(text: str) -> None:
    title, year = film_title(text)
    assert title == " ".join(title.split())
    assert year is None or str(year) in text or not text.isascii()


@given(st.text(st.characters(categories=["L", "N"]), min_size=1), st.sampled_from(["The", "Les", "Il", "L'"]))
def test_an_article_behind_comes_first(word: str, article: str) -> None:
    assert article_first(f"{word}, {article}") == article + ("" if article == "L'" else " ") + word


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Godfather: Part II, The", "The Godfather: Part II"),
        ("Quiet Shore, A", "A Quiet Shore"),
        ("Dolce Vita, La", "La Dolce Vita"),
        ("Houma, LA", "Houma, LA"),
        ("You, Me, I", "You, Me, I"),
        ("Soap (1999)", "Soap (1999)"),
    ],
)
def test_titles_of_anything_have_their_article_in_front(written: str, title: str) -> None:
    assert item_title(written) == title


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Salt &amp; Pepper", "Salt & Pepper"),
        ("Salt &amp;amp; Pepper", "Salt & Pepper"),
        ("a\tb\r\nc\x00d\u00a0\u2028e", "a b c d e"),
        ("\u202eevil\u202c \ufeffname", "evil name"),
        ("cafe\u0301", "café"),
        ("Le «Grand» bleu", "Le “Grand” bleu"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        (" \u200b\u200d ", ""),
        ("<b>5 < 6</b>", "<b>5 < 6</b>"),
        ("Wind&region, this&curren, R&AMPS", "Wind&region, this&curren, R&AMPS"),
        ("?a=1&copy=2&sect=3", "?a=1&copy=2&sect=3"),
        ("&eacute;t&#233; &#xe9; &regional; &;", "été é &regional; &;"),
    ],
)
def test_readable(raw: str, clean: str) -> None:
    assert readable(raw) == clean


@given(st.text())
def test_readable_text_is_one_clean_line(text: str) -> None:
    clean = readable(text)
    assert clean == " ".join(clean.split())
    assert not set(clean) & set("«»\n\r\t\x00\x1b\u202e")


@given(st.text(st.characters(categories=["L", "N", "P"], exclude_characters="«»")))
def test_readable_undoes_html_escaping(text: str) -> None:
    assert readable(html.escape(text)) == readable(text)


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("Maybelline Concealer, Light #610,", "Maybelline Concealer, Light #610"),
        (
            "Lash Paris Visible Lift Line-Minimizing and Tone-Enhancing Makeup, Soft Ivory, 1.25 Ounces",
            "Lash Paris Visible Lift Line-Minimizing and Tone-Enhancing Makeup, Soft Ivory",
        ),
        (
            "Quality Bath Brush with Long Handle (for dry skin, exfoliating, circulation massage)",
            "Quality Bath Brush with Long Handle",
        ),
        (
            "Soap - the mildest soap anybody has ever made from olives of the far south of France and sold",
            "Soap - the mildest soap anybody has ever made from olives of the far south…",
        ),
        ("x" * 100, "x" * 79 + "…"),
        *((whole, whole) for whole in ("-", ":", "|", "Nothing left -", "Part two:", ",")),
    ],
)
def test_long_titles_are_cut_where_a_reader_would(long: str, short: str) -> None:
    assert shorten(long) == short


@given(st.text().map(readable))
def test_a_shortened_title_is_the_beginning_of_the_title(title: str) -> None:
    short = shorten(title)
    assert len(short) <= 80
    assert title.startswith(short.removesuffix("…") if len(title) > 80 else short)
    assert bool(short) == bool(title)


def test_what_was_cut_can_tell_two_products_apart() -> None:
    title = "Brand New York Instant Age Rewind Eraser Dark Circles Treatment Concealer, Light 20, 0.2 Ounce"
    assert first_left_out(title, shorten(title)) == "Light 20"
    assert first_left_out("Soap", "Soap") == ""
