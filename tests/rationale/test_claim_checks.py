import pytest
import torch

from recexplainer_core.catalogue import FILMS, Catalogue
from recexplainer_core.histories import History
from recexplainer_core.rationale.claim_checks import Subject, check_claim
from recexplainer_core.rationale.claims import (
    Cites,
    Claim,
    Interest,
    Prefers,
    Rank,
    Removal,
    Shares,
    Strongest,
)
from recexplainer_core.rationale.interest import any_interest
from recexplainer_core.rationale.removals import Removals
from recexplainer_core.rationale.verified import verified
from tests.fakes.tiny_lm import Additive

GENRES = [
    "crime",
    "drama",
    "crime",
    "war",
    "crime",
    "drama",
    *["crime", "drama", "war", "western", "noir"] * 5,
]
CATALOGUE = Catalogue(
    [str(i) for i in range(31)], [f"Film {i}" for i in range(31)], {"genres": [(g,) for g in GENRES]}, FILMS
)
HISTORY = History.of((0, 1, 2, 3, 4, 5))
CRIME = 11
"""A crime film that the crime films 0, 2 and 4 lead to, a little less each; film 1 speaks against it."""


def target() -> Additive:
    weights = torch.zeros(31, 31)
    weights[0, CRIME], weights[2, CRIME], weights[4, CRIME], weights[1, CRIME] = 2.0, 1.5, 1.0, -0.5
    weights[3, 12:] = 0.4
    weights[5, 6:11] = -0.5
    return Additive(weights)


def subject(item: int = CRIME, catalogue: Catalogue = CATALOGUE) -> Subject:
    return Subject(catalogue, Removals(target(), HISTORY, item))


@pytest.mark.parametrize(
    "claim",
    [
        Rank(CRIME, "first"),
        Rank(CRIME, "recommended"),
        Cites(0),
        Cites(4),
        Cites(1, "against"),
        Strongest(0),
        Shares(2, "genres", "crime"),
        Interest("genres", "crime", (0, 2)),
        Interest("genres", "crime", ()),
        Removal((0, 2, 4), "needed"),
        Removal((4,), "robust"),
        Prefers(CRIME, 20),
    ],
)
def test_what_is_true_holds(claim):
    assert check_claim(claim, subject()).holds


@pytest.mark.parametrize(
    ("claim", "finding"),
    [
        (Rank(CRIME, "near"), "no. 1"),
        (Rank(CRIME, "far"), "no. 1"),
        (Cites(1), "score +"),
        (Cites(20), "not in the history"),
        (Cites(0, "against"), "score -"),
        (Strongest(2), "by Shapley values: «Film 0» +"),
        (Shares(1, "genres", "crime"), "does not say so"),
        (Interest("genres", "drama", (1,)), "not so in the catalogue"),
        (Interest("genres", "crime", (1,)), "not so in the catalogue"),
        (Interest("genres", "crime", (16,)), "not in the history"),
        (Removal((0, 2, 4), "robust"), "no. 1 →"),
        (Removal((4,), "needed"), "without it: no. 1 → 1"),
        (Prefers(20, CRIME), "no. 1"),
    ],
)
def test_what_is_false_fails_and_says_why(claim, finding):
    found = check_claim(claim, subject())
    assert found.holds is False
    assert finding in found.finding


def test_what_is_not_recommended_cannot_stay_recommended():
    assert not check_claim(Removal((1,), "robust"), subject(7)).holds


def test_a_taste_that_another_value_explains_better_is_none():
    """Film 0 alone leads to the item: its director is the interest, its genre is not."""
    weights = torch.zeros(31, 31)
    weights[0, CRIME] = 3.0
    directors = [("Ann",) if i in (0, 3, CRIME) else ("Bob",) for i in range(31)]
    genres = [(("crime",) if i in (0, 2, CRIME) else ("drama",)) for i in range(31)]
    catalogue = Catalogue(
        CATALOGUE.item_ids, CATALOGUE.titles, {"director": directors, "genres": genres}, FILMS
    )
    weights[2, CRIME], weights[3, CRIME] = -0.5, 1.0
    about = Subject(catalogue, Removals(Additive(weights), HISTORY, CRIME))
    assert check_claim(Interest("director", "Ann", ()), about).holds
    assert not check_claim(Interest("genres", "crime", ()), about).holds


def test_a_catalogue_without_attributes_has_the_words_of_its_titles():
    titles = [f"{'Argan shampoo' if i in (0, 2, 4, CRIME) else 'Hand cream'} {i}" for i in range(31)]
    about = subject(catalogue=Catalogue(CATALOGUE.item_ids, titles))
    assert check_claim(Interest("title", "shampoo", (0, 2)), about).holds
    assert not check_claim(Interest("title", "cream", ()), about).holds
    assert any_interest(about.catalogue, about.target)


def test_what_the_whole_history_has_is_no_interest():
    catalogue = Catalogue(CATALOGUE.item_ids, CATALOGUE.titles, {"genres": [("crime",)] * 31})
    assert not any_interest(catalogue, Removals(target(), HISTORY, CRIME))


def robust(*items: int) -> Removal:
    return Removal(items, "robust")


@pytest.mark.parametrize(
    ("said", "true"),
    [
        ((Rank(CRIME, "far"), Cites(0)), (Rank(CRIME, "first"), Cites(0), robust(0))),
        ((Cites(1), Cites(0)), (Cites(0), robust(0))),
        ((Cites(1),), (Cites(0), robust(0))),
        ((Cites(20), Cites(2)), (Cites(2), robust(2))),
        ((Interest("genres", "drama", (1,)), Cites(0)), (Cites(0), robust(0))),
        ((Cites(0), Cites(2), Strongest(2)), (Cites(0), Cites(2), Strongest(0), robust(0, 2))),
        ((Cites(2), Strongest(2)), (Cites(2), robust(2))),
        ((Cites(4), Removal((4,), "needed")), (Cites(4), robust(4))),
        (
            (Interest("genres", "crime", (0, 2, 4)), Cites(1), Removal((0, 1, 2, 4), "robust")),
            (Interest("genres", "crime", (0, 2, 4)), Removal((0, 2, 4), "needed")),
        ),
    ],
)
def test_what_fails_is_corrected_or_dropped_and_the_removal_is_told(
    said: tuple[Claim, ...], true: tuple[Claim, ...]
):
    assert verified(said, subject()) == true


def test_what_is_verified_holds():
    about = subject(7)
    true = verified((Rank(7, "first"), Interest("genres", "drama", (1, 5)), Removal((1, 5), "needed")), about)
    assert Rank(7, "far") in true
    assert true
    assert all(check_claim(one, about).holds for one in true)
