import pytest

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.prompting.mentions import mentions, value_mentions

CATALOGUE = Catalogue(
    ["a", "b", "c", "d", "e"],
    ["Alien", "The Thing", "Solaris (2002)", "Heat", "The Thing from Another World"],
    {"genres": [("horror",), ("horror",), ("science fiction",), ("crime",), ("science fiction", "horror")]},
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Describe Alien.", ["Alien"]),
        ("an alien in the heat", []),
        ("is the thing like The Thing from Another World?", ["the thing", "The Thing from Another World"]),
        ("Who made Solaris (2002)?", ["Solaris (2002)"]),
        ("«Heat»; Heat", ["Heat", "Heat"]),
        ("", []),
    ],
)
def test_titles_are_found_longest_first(text: str, expected: list[str]) -> None:
    assert [text[one.start : one.end] for one in mentions(text, CATALOGUE)] == expected


def test_values_are_found_whatever_their_capitals() -> None:
    found = value_mentions("Science fiction, horror and love", CATALOGUE)
    assert [(one.value, one.attributes) for one in found] == [
        ("science fiction", ("genres",)),
        ("horror", ("genres",)),
    ]
