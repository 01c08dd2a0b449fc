import pytest

from recexplainer_core.catalogue import FILMS, Catalogue
from recexplainer_core.rationale.extraction.mentions import title_mentions, value_mentions

TITLES = [
    "M", "Alien", "Aliens", "It", "Her", "Up", "Blade Runner", "Blade Runner 2049", "Dr. Strangelove", "E.T.",
    "Matrix, The (1999)", "Amélie", "The Good, the Bad and the Ugly",
    "Star Wars: Episode IV - A New Hope (1977)", "Heat", "Solaris (1972)", "Solaris (2002)", "Vertigo",
]  # fmt: skip
CATALOGUE = Catalogue([str(i) for i in range(len(TITLES))], TITLES, {}, FILMS)
IN_SCOPE = tuple(range(len(TITLES) - 1))


def titles_in(text: str, scope=IN_SCOPE) -> list[str]:
    return [TITLES[one.item] for one in title_mentions(text, CATALOGUE, scope)]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Because of «Alien» and “Heat”.", ["Alien", "Heat"]),
        ('*Alien*, _Heat_, "Her" and ‘It’.', ["Alien", "Heat", "Her", "It"]),
        ("Because of Aliens.", ["Aliens"]),
        ("An alien with much heat.", []),
        ("Blade Runner 2049 is like Blade Runner.", ["Blade Runner 2049", "Blade Runner"]),
        ("Blade Runner 3 is another matter.", []),
        ("Alien Resurrection is in no catalogue.", []),
        ("“Alien Resurrection” is in no catalogue.", []),
        ("It is recommended. It comes up because you saw It.", ["It"]),
        ("Her eyes are on him; Up there he is.", []),
        ("Up speaks for it, and Her did too.", ["Up", "Her"]),
        ("M weighs most.", ["M"]),
        ("amelie, AMÉLIE and Amelie", ["Amélie", "Amélie"]),
        ("The Matrix, Matrix, The (1999) and Matrix (1999)", ["Matrix, The (1999)"] * 3),
        ("The Good, the Bad and the Ugly counts.", ["The Good, the Bad and the Ugly"]),
        ("Star Wars is on the list.", ["Star Wars: Episode IV - A New Hope (1977)"]),
        ("Dr. Strangelove and E.T. count.", ["Dr. Strangelove", "E.T."]),
        ("Solaris (2002) and Solaris (1972), but which is Solaris?", ["Solaris (2002)", "Solaris (1972)"]),
        ("A case of Vertigo. Vertigo is all.", ["Vertigo"]),
    ],
)
def test_titles_are_found_however_they_are_written(text, titles):
    assert titles_in(text) == titles


def test_of_two_titles_alike_the_one_that_the_reason_is_about_is_meant():
    assert titles_in("Because of Solaris.", (15, 0)) == ["Solaris (1972)"]


FILM_VALUES = Catalogue(
    ["0", "1", "2"],
    ["Ran", "Dreams", "Solaris"],
    {
        "director": [("Akira Kurosawa",), ("Akira Kurosawa",), ("Andrei Tarkovsky",)],
        "country": [("Japan",), ("Japan", "USA"), ("USSR",)],
        "genres": [("war", "drama"), ("fantasy",), ("science fiction", "drama")],
        "decade": [("1980s",), ("1990s",), ("1970s",)],
    },
    FILMS,
)


def test_a_mention_reaches_to_the_end_of_the_title():
    text = "Matrix, The (1999) and The Matrix (1999); E.T., “Heat” (1995)!"
    found = title_mentions(text, CATALOGUE, IN_SCOPE)
    assert [text[one.start : one.end] for one in found] == [
        "Matrix, The (1999)",
        "The Matrix (1999)",
        "E.T.",
        "“Heat” (1995)",
    ]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("films by Akira Kurosawa and by Kurosawa", ["Akira Kurosawa"] * 2),
        ("Japanese war dramas", ["Japan", "war", "drama"]),
        (
            "some sci-fi, or science fiction, of the seventies (the 1970s)",
            ["science fiction"] * 2 + ["1970s"] * 2,
        ),
        ("«Ran» and warm kurosawa", []),
    ],
)
def test_values_are_found_under_their_other_names(text, values):
    titles = title_mentions(text, FILM_VALUES, (0, 1, 2))
    found = value_mentions(text, titles, FILM_VALUES, (0, 1, 2))
    assert [one.pairs[0][1] for one in found] == values


def test_where_there_are_no_attributes_the_words_of_titles_are_values():
    products = Catalogue(["0", "1"], ["Coconut Milk Shampoo", "Nail Polish"])
    found = value_mentions("shampoos with coconut, no polish", [], products, (0,))
    assert [one.pairs for one in found] == [(("title", "shampoo"),), (("title", "coconut"),)]
