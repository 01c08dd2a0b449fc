import pytest

from recexplainer_core.histories import History
from recexplainer_core.rationale.claims import (
    Cites,
    Interest,
    Prefers,
    Rank,
    Removal,
    Shares,
    Strongest,
)
from recexplainer_core.rationale.extraction.extract import extract
from tests.rationale.extraction.labelled_reasons import catalogue

FILMS = catalogue("films")
RAN, IKIRU, HEAT, ALIEN, UP = map(FILMS.find, ["Ran", "Ikiru", "Heat", "Alien", "Up"])
YOJIMBO, JAWS = map(FILMS.find, ["Yojimbo", "Jaws"])
HISTORY = History.of([RAN, IKIRU, HEAT, ALIEN, UP])
KUROSAWA = ("director", "Akira Kurosawa")


def claims_in(text: str, other: int | None = None) -> list[tuple]:
    return [sentence.claims for sentence in extract(text, FILMS, HISTORY, YOJIMBO, other)]


def test_an_empty_text_says_nothing():
    assert claims_in("") == claims_in("  \n ") == []


def test_sentences_are_told_where_they_stand():
    text = "  Dr. Strangelove and E.T. are fun, e.g. at night. Yojimbo is recommended! \n- Because of Ran"
    read = extract(text, FILMS, HISTORY, YOJIMBO)
    assert [one.text for one in read] == [
        "Dr. Strangelove and E.T. are fun, e.g. at night.",
        "Yojimbo is recommended!",
        "- Because of Ran",
    ]
    assert all(text[one.start : one.end] == one.text for one in read)


@pytest.mark.parametrize(
    "text",
    [
        "Yojimbo is a masterpiece, shot by Kazuo Miyagawa.",
        "Why Yojimbo?",
        "A nameless samurai plays two gangs against each other.",
        "Ran does not speak for it.",
        "Neither Ran nor Ikiru plays a role.",
        "It is not because of Ran.",
        "Ran is not the strongest reason.",
        "You do not care for Kurosawa.",
        "«Yojimbo 2» and «Sanjuro» speak for it.",
        "You will love it.",
    ],
)
def test_what_cannot_be_tested_or_is_denied_is_no_claim(text):
    assert claims_in(text) == [()]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Yojimbo is recommended because of Ran.", {Rank(YOJIMBO, "recommended"), Cites(RAN)}),
        ("It is not recommended.", {Rank(YOJIMBO, "near")}),
        ("It is far down the order, though Ran speaks for it.", {Rank(YOJIMBO, "far"), Cites(RAN)}),
        ("It is our top pick, mainly because of Ran.", {Rank(YOJIMBO, "first"), Strongest(RAN)}),
        ("It would not stay on the list without Ran.", {Removal((RAN,), "needed")}),
        ("Even without Ran and Ikiru it would stay on the list.", {Removal((RAN, IKIRU), "robust")}),
        ("Heat speaks against it.", {Cites(HEAT, "against")}),
        ("Because of Jaws.", {Cites(JAWS)}),
        ("Like Ran, it is by Kurosawa.", {Shares(RAN, *KUROSAWA)}),
        ("It shares its director with Ran.", {Shares(RAN, *KUROSAWA)}),
        ("You love Kurosawa: Ran, Ikiru and Heat.", {Interest(*KUROSAWA, (RAN, IKIRU))}),
        ("This viewer has a weakness for Japanese films.", {Interest("country", "Japan", ())}),
    ],
)
def test_a_sentence_claims_what_it_says(text, claims):
    assert set(claims_in(text)[0]) == claims


def test_pronouns_stand_for_the_titles_cited_last():
    assert claims_in("Ran and Ikiru speak for it. Without them it would drop out.")[1] == (
        Removal((RAN, IKIRU), "needed"),
    )
    assert claims_in("Ran weighs most. Without it, Yojimbo would drop out.")[1] == (
        Removal((RAN,), "needed"),
    )
    assert claims_in("Ran speaks for it. Both are by Kurosawa.")[1] == (Shares(RAN, *KUROSAWA),)


def test_a_taste_is_shown_by_titles_of_the_sentence_beside_it():
    shown = (Interest(*KUROSAWA, (RAN, IKIRU)),)
    assert claims_in("You like Kurosawa. Ran, Ikiru and Heat show it.") == [shown, ()]
    assert claims_in("You like Kurosawa. Without Ran it would drop out.")[0] == (Interest(*KUROSAWA, ()),)


def test_of_two_items_one_comes_before_the_other():
    assert claims_in("Yojimbo comes before Jaws, thanks to Ran.", JAWS) == [
        (Prefers(YOJIMBO, JAWS), Cites(RAN))
    ]
    assert claims_in("Jaws is preferred to Yojimbo.", JAWS) == [(Prefers(JAWS, YOJIMBO),)]


def test_books_and_beauty_products_are_read_likewise():
    books = catalogue("books")
    emma, dune, persuasion = map(books.find, ["Emma", "Dune", "Persuasion"])
    read = extract("Since you read Emma and like Austen.", books, History.of([emma, dune]), persuasion)
    assert Interest("author", "Jane Austen", (emma,)) in read[0].claims
    beauty = catalogue("beauty")
    milk, cream = map(beauty.find, ["OGX Coconut Milk Shampoo", "CeraVe Moisturizing Cream"])
    conditioner = beauty.find("OGX Coconut Milk Conditioner")
    text = "A liking for coconut, seen in OGX Coconut Milk Shampoo."
    [sentence] = extract(text, beauty, History.of([milk, cream]), conditioner)
    assert sentence.claims == (Interest("title", "coconut", (milk,)),)
