from dataclasses import dataclass, field

import pytest

from recexplainer_core.catalogue import FILMS, Catalogue
from recexplainer_core.histories import History
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.rationale.claims import Cites, Interest, Rank, Removal, Shares, Strongest
from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.rationale.surrogate_claims import ask, claims_of
from recexplainer_core.surrogate.base import Prediction

CATALOGUE = Catalogue(
    [str(i) for i in range(20)],
    [f"Film {i}" for i in range(20)],
    {"genres": [("crime",) if i in (0, 2, 10, 14) else ("drama",) if i % 2 else ("war",) for i in range(20)]},
    FILMS,
)
HISTORY = History.of((0, 1, 2, 3))


@dataclass
class Says:
    """A surrogate that holds what it is given: log-probabilities of being named, a list, chances."""

    named: dict[int, float]
    listed: list[int] = field(default_factory=lambda: [10])
    without: float = 0.5
    interest: float = 0.5
    catalogue: Catalogue = CATALOGUE

    def predict(self, histories, modes, k=10):
        return [[Prediction(item, -1.0) for item in self.listed] for _ in histories]

    def chances_of_interest(self, histories, items, modes):
        return [self.interest for _ in histories]

    def deciding(self, histories, items, modes, vectors_of=None):
        return [self.named for _ in histories]

    def chances_without(self, histories, items, removed, modes, vectors_of=None):
        self.removed = list(removed)
        return [self.without for _ in histories]


def claimed(says: Says, item: int = 10):
    requests = [RationaleRequest(HISTORY, item, AlignmentMode.HYBRID)]
    [found] = claims_of(says, requests, ask(says, requests))
    return found


def test_a_clear_reason_is_cited_and_called_the_strongest():
    found = claimed(Says({0: 0.0, 1: -3.0, 2: -9.0, 3: -3.0}))
    assert found == (Rank(10, "first"), Cites(0), Shares(0, "genres", "crime"), Strongest(0))


def test_two_items_with_something_in_common_show_an_interest():
    found = claimed(Says({0: 0.0, 1: -6.0, 2: -0.1, 3: -6.0}, without=0.1))
    assert found == (
        Rank(10, "first"),
        Interest("genres", "crime", (0, 2)),
        Removal((0, 2), "needed"),
    )


def test_what_it_is_not_sure_of_is_not_claimed():
    found = claimed(Says({0: 0.0, 1: -0.1, 2: -0.2, 3: -0.3}, without=0.5))
    assert not {type(one) for one in found} & {Strongest, Removal, Interest}


@pytest.mark.parametrize(
    ("says", "rank"),
    [
        (Says({0: 0.0}, [10]), Rank(10, "first")),
        (Says({0: 0.0}, [5, 6, 7, 10]), Rank(10, "recommended")),
        (Says({0: 0.0}, [5], interest=0.01), Rank(10, "far")),
        (Says({0: 0.0}, [5], interest=0.5), None),
    ],
)
def test_a_place_is_claimed_as_far_as_it_is_held(says, rank):
    assert [one for one in claimed(says) if isinstance(one, Rank)] == ([] if rank is None else [rank])


def test_without_what_it_names_is_what_is_asked():
    says = Says({0: 0.0, 1: -0.1, 2: -9.0, 3: -9.0}, without=0.9)
    assert Removal((0, 1), "robust") in claimed(says)
    assert says.removed == [(0, 1)]


def test_of_what_it_does_not_list_nobody_asks_whether_it_stays():
    says = Says({0: 0.0}, [5], without=0.9)
    assert not any(isinstance(one, Removal) for one in claimed(says))


def test_an_empty_history_gives_no_reason():
    requests = [RationaleRequest(History.of(()), 10, AlignmentMode.HYBRID)]
    says = Says({})
    assert claims_of(says, requests, ask(says, requests)) == [(Rank(10, "first"),)]
