"""A function is a target like any other, where no vectors are needed."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from recexplainer_core.catalogue import Catalogue
from recexplainer_core.errors import ModelError
from recexplainer_core.histories import Histories, History
from recexplainer_core.rationale.claim_checks import Subject, check_claim
from recexplainer_core.rationale.extraction.extract import extract
from recexplainer_core.rationale.removals import Removals
from recexplainer_core.recommenders.base import top_items
from recexplainer_core.recommenders.callable_target import CallableTarget
from recexplainer_core.recommenders.probing import require_answers

IDS = ["a", "b", "c", "d", "e"]


def neighbours(histories: list[list[str]]) -> list[list[float]]:
    """The item after each item of the history is wanted, the one after a newer item more."""
    rows = []
    for history in histories:
        scores = dict.fromkeys(IDS, 0.0)
        for weight, item in enumerate(history, start=1):
            scores[IDS[(IDS.index(item) + 1) % len(IDS)]] += weight
        rows.append(list(scores.values()))
    return rows


def test_it_recommends_what_the_function_scores_highest():
    target = CallableTarget(neighbours, IDS)
    require_answers(target, 5, Histories.from_lists([[0, 2], [1]]))
    assert [one.item for one in top_items(target, [[0, 2]], 2)[0]] == [3, 1]


@pytest.mark.parametrize("made", [np.array, torch.tensor, tuple])
def test_numbers_come_in_any_form_and_only_the_last_items_count(made):
    asked = []
    target = CallableTarget(lambda histories: asked.extend(histories) or made(neighbours(histories)), IDS, 2)
    assert target.user_vectors([[0, 1, 2], []]).tolist() == [[0, 0, 1, 2, 0], [0] * 5]
    assert asked == [["b", "c"], []]
    assert target.user_vectors([]).shape == (0, 5)


def test_claims_are_checked_against_it():
    catalogue = Catalogue(IDS, ["Alien", "Heat", "Stalker", "Vertigo", "Ikiru"], {})
    removals = Removals(CallableTarget(neighbours, IDS), History.of([0, 2]), 3)
    text = "Vertigo is recommended because of Stalker."
    [sentence] = extract(text, catalogue, History.of([0, 2]), 3)
    found = [check_claim(claim, Subject(catalogue, removals)) for claim in sentence.claims]
    assert found and all(one.holds for one in found)


@pytest.mark.parametrize(
    ("returned", "says"),
    [
        (
            [[1.0, 2.0]],
            r"returns the shape \(1, 2\) for 1 histories, and there are 5 items: it should be \(1, 5\)",
        ),
        ([[1.0] * 4 + [-np.inf]], "not finite"),
        ("scores", "returns no numbers"),
        ([[1.0], [1.0, 2.0]], "returns no numbers"),
    ],
)
def test_wrong_scores_are_refused(returned, says):
    with pytest.raises(ModelError, match=says):
        CallableTarget(lambda histories: returned, IDS).user_vectors([[0]])


def test_it_is_neither_stored_nor_too_large(tmp_path):
    with pytest.raises(ModelError, match="cannot be stored"):
        CallableTarget(neighbours, IDS).save(tmp_path)
    with pytest.raises(ModelError, match="20,000 items at most, and there are 20,001"):
        CallableTarget(neighbours, [str(number) for number in range(20_001)])
