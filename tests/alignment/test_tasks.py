import random
from collections.abc import Collection

import numpy as np
import pytest
import torch

from recexplainer_core.alignment.asking import FORMS, Asker
from recexplainer_core.alignment.augmentation import HistorySampler
from recexplainer_core.alignment.batches import sittings
from recexplainer_core.alignment.tasks import (
    description_examples,
    nearest_items,
    next_item_examples,
    rationale_examples,
)
from recexplainer_core.histories import Histories
from recexplainer_core.rationale.attribution import attribute
from recexplainer_core.rationale.claims import citations
from recexplainer_core.rationale.teacher import SHARPNESS
from recexplainer_core.surrogate.modes import ALIGNED, AlignmentMode
from recexplainer_core.surrogate.prompts import cited_title
from recexplainer_core.surrogate.segments import Cited, Content, ItemSlot, UserSlot
from tests.surrogate.tiny_lm import CATALOGUE, TITLES, target

HISTORIES = Histories.from_lists([[0, 1, 2, 3], [4, 5, 7, 8], [9, 1, 0]])


def asker_of(mode: AlignmentMode) -> Asker:
    sampler = HistorySampler(HISTORIES, np.arange(3), 10, 0.5, random.Random(0))
    return Asker(CATALOGUE, target(), sampler, FORMS[mode], random.Random(0))


def answer_text(example) -> str:
    return "".join(segment.text for segment in example.answer)


def shown(example) -> tuple[bool, bool]:
    """Whether titles and vectors stand in the question."""
    return tuple(any(isinstance(s, kind) for s in example.prompt) for kind in (Content, UserSlot | ItemSlot))


def test_the_next_item_is_left_to_the_target():
    examples = next_item_examples(asker_of(AlignmentMode.BEHAVIOUR), 40)
    assert all(example.answer is None for example in examples)
    assert len({example.history for example in examples}) > 5


@pytest.mark.parametrize(
    ("mode", "forms"),
    [
        (AlignmentMode.BEHAVIOUR, {(True, False)}),
        (AlignmentMode.INTENTION, {(False, True)}),
        (AlignmentMode.HYBRID, {(True, False), (False, True), (True, True)}),
    ],
)
def test_hybrid_learns_from_titles_from_vectors_and_from_both(mode, forms):
    asker = asker_of(mode)
    assert {shown(example) for example in next_item_examples(asker, 60)} == forms
    assert {shown(example) for example in rationale_examples(asker, 60)} == forms


@pytest.mark.parametrize("mode", ALIGNED)
def test_what_is_asked_about_an_item_is_answered_about_it_and_cites_the_history(mode):
    kinds = set()
    for example in rationale_examples(asker_of(mode), 60):
        asked = {s.item for s in example.prompt if isinstance(s, ItemSlot)}
        asked |= {TITLES.index(s.text) for s in example.prompt if isinstance(s, Content)} - set(
            example.history
        )
        cited = {c.item for c in citations(answer_text(example), CATALOGUE)}
        if cited:
            assert cited - set(example.history) == asked
        else:
            listed = [TITLES.index(s.text) for s in example.answer if isinstance(s, Content)]
            assert listed and set(listed) <= set(example.history)
        kinds.add((len(asked), bool(cited)))
    assert kinds == {(1, True), (2, True), (1, False)}


def test_reasons_are_weighed_by_what_the_target_makes_of_them():
    said = [
        (example, segment)
        for example in rationale_examples(asker_of(AlignmentMode.BEHAVIOUR), 60)
        for segment in example.answer
        if isinstance(segment, Cited) and segment.text in {cited_title(CATALOGUE, i) for i in example.history}
    ]
    assert said
    for example, segment in said:
        [found] = attribute(target(), [example.history], [[i for i in range(10) if i not in example.history]])
        rights = [dict(zip(example.history, one.effects.clip(0), strict=True)) for one in found]
        names = {cited_title(CATALOGUE, item): item for item in example.history} | {
            TITLES[item]: item for item in example.history
        }
        weights = {names[title]: weight for title, weight in segment.rivals if title in names}
        assert any(weights == pytest.approx(_among(right, weights), abs=1e-9) for right in rights)
        assert weights[names[segment.text]] == max(weights.values())


def _among(pulls: dict[int, float], left: Collection[int]) -> dict[int, float]:
    """How right each of some items is, the strongest of them 1."""
    strongest = max(pulls[item] for item in left) or 1.0
    return {item: (pulls[item] / strongest) ** SHARPNESS for item in left}


def test_what_is_explained_is_to_be_named_of_all_that_can_be_cited():
    named = [
        (example, segment)
        for example in rationale_examples(asker_of(AlignmentMode.BEHAVIOUR), 60)
        for segment in example.answer
        if isinstance(segment, Cited)
        and segment.text not in {cited_title(CATALOGUE, i) for i in example.history}
    ]
    assert named
    for example, segment in named:
        right = dict(segment.rivals)
        assert right.pop(segment.text) == 1.0
        assert right == {cited_title(CATALOGUE, i): 0.0 for i in example.history}


def test_every_task_asks_about_the_same_users():
    asker = asker_of(AlignmentMode.HYBRID)
    asked = next_item_examples(asker, 40)
    reasons = rationale_examples(asker, 60)
    assert {example.subject for example in reasons} <= {example.subject for example in asked}
    together = sittings([*asked, *reasons, *description_examples(asker, 1)])
    assert sum(map(len, together)) > len(together) > 40
    for sitting in together:
        assert len({example.subject for example in sitting}) == 1


def test_descriptions_say_what_the_catalogue_says():
    examples = description_examples(asker_of(AlignmentMode.BEHAVIOUR), 2)
    assert "horror" in answer_text(examples[0])
    assert answer_text(examples[2]) == TITLES[nearest_items(target().item_vectors)[0]]


def test_the_nearest_item_is_another_one_of_the_same_direction():
    vectors = torch.tensor([[1.0, 0.0], [0.0, 1.0], [5.0, 0.5], [0.1, 9.0]])
    assert nearest_items(vectors, at_once=3) == [2, 3, 0, 1]
