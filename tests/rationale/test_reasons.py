"""The whole path: what a surrogate answers becomes claims, a text, and checks; verified, or as it says it alone."""

from dataclasses import dataclass

import pytest
import torch

from recexplainer_core.catalogue import FILMS, Catalogue
from recexplainer_core.histories import History
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.rationale.as_clauses import as_clauses
from recexplainer_core.rationale.claims import Interest, Prefers, Rank, Strongest
from recexplainer_core.rationale.reasons import Reasoner
from recexplainer_core.rationale.request import RationaleRequest
from recexplainer_core.rationale.voices import VOICES
from tests.fakes.tiny_lm import Additive
from tests.rationale.test_surrogate_claims import Says

N, ITEM = 20, 10
GENRES = [("crime",) if i in (0, 2, ITEM, 14) else ("drama",) if i % 2 else ("war",) for i in range(N)]
CATALOGUE = Catalogue([str(i) for i in range(N)], [f"Film {i}" for i in range(N)], {"genres": GENRES}, FILMS)
HISTORY = History.of((0, 1, 2, 3))


@dataclass
class Surrogate(Says):
    """What it says, about a target for which films 0 and 2 lead to the item, and film 1 more than anything."""

    weight_of_film_1: float = 0.0

    @property
    def recommender(self) -> Additive:
        weights = torch.zeros(N, N)
        weights[0, ITEM], weights[2, ITEM], weights[1, ITEM] = 2.0, 1.5, self.weight_of_film_1
        weights[3, 11:] = 0.5
        return Additive(weights)


def surrogate(**settings) -> Surrogate:
    return Surrogate({0: 0.0, 1: -9.0, 2: -2.0, 3: -9.0}, catalogue=CATALOGUE, **settings)


def request(**settings) -> RationaleRequest:
    return RationaleRequest(HISTORY, ITEM, AlignmentMode.HYBRID, **settings)


@pytest.mark.parametrize("voice", VOICES)
def test_a_reason_that_is_true_needs_no_correction(voice):
    [reason] = Reasoner(surrogate()).reasons([request(voice=voice)])
    assert reason.wholly_true and reason.draft is None
    assert set(reason.reasons) == {0, 2}
    assert "«Film 0»" in reason.text and "«Film 2»" in reason.text


def test_what_the_target_denies_is_said_as_said_and_corrected_when_verified():
    denied = surrogate(weight_of_film_1=5.0)
    [as_said] = Reasoner(denied).reasons([request(verified=False)])
    assert Strongest(0) in as_said.claims and not as_said.wholly_true
    [verified] = Reasoner(denied).reasons([request()])
    assert verified.wholly_true
    assert verified.draft is not None and verified.draft.text == as_said.text
    assert Strongest(0) not in verified.claims
    assert not any(isinstance(claim, Interest) for claim in verified.claims)


def test_facts_of_the_catalogue_are_not_counted_as_tested():
    alone = Surrogate({0: 0.0, 1: -9.0, 2: -9.0, 3: -9.0}, catalogue=CATALOGUE)
    [reason] = Reasoner(alone).reasons([request()])
    assert "shared" in {check.kind for row in reason.checks for check in row}
    assert "shared" not in {check.kind for check in reason.tested}


def test_other_words_say_the_same():
    reasoner = Reasoner(surrogate())
    texts = {variant: reasoner.reasons([request()], variant=variant)[0] for variant in range(6)}
    assert len({reason.text for reason in texts.values()}) > 3
    assert len({frozenset(reason.claims) for reason in texts.values()}) == 1


def test_claims_are_measured_as_clauses_are():
    [reason] = Reasoner(surrogate()).reasons([request()])
    reading = as_clauses(reason, CATALOGUE)
    assert reading.claimed("verdict") == "first"
    assert [(one.citation.item, one.attribute, one.value) for one in reading.cited("reasons")] == [
        (0, "genres", "crime"),
        (2, "genres", "crime"),
    ]
    assert Rank(ITEM, "first") in reason.claims


def contrast(item: int, other: int, **settings) -> RationaleRequest:
    return RationaleRequest(HISTORY, item, AlignmentMode.HYBRID, other=other, **settings)


@pytest.mark.parametrize("voice", VOICES)
def test_of_two_items_the_one_listed_first_is_said_to_come_first(voice):
    """Film 3 leads to films 11 and up, films 0 and 2 to film 10; the surrogate lists film 10 alone."""
    for asked in (contrast(ITEM, 12, voice=voice), contrast(12, ITEM, voice=voice)):
        [reason] = Reasoner(of_two()).reasons([asked])
        assert Prefers(ITEM, 12) in reason.claims and set(reason.reasons) == {0}
        assert reason.wholly_true and reason.draft is None
        assert all(title in reason.text for title in ("«Film 10»", "«Film 12»", "«Film 0»"))


def test_a_wrong_order_is_put_right_with_the_targets_own_reasons():
    wrong = of_two(listed=[12, ITEM])
    [as_said] = Reasoner(wrong).reasons([contrast(ITEM, 12, verified=False)])
    assert Prefers(12, ITEM) in as_said.claims and not as_said.wholly_true
    [verified] = Reasoner(wrong).reasons([contrast(ITEM, 12)])
    assert Prefers(ITEM, 12) in verified.claims and verified.wholly_true
    assert verified.draft is not None


@dataclass
class OfTwo(Surrogate):
    """Names film 0 for film 10, and film 3 for every other one."""

    def deciding(self, histories, items, modes, vectors_of=None):
        return [{0: 0.0, 3: -6.0} if item == ITEM else {0: -6.0, 3: 0.0} for item in items]


def of_two(**settings) -> OfTwo:
    return OfTwo({}, catalogue=CATALOGUE, **settings)
