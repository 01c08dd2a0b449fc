import random

import pytest

from recexplainer_core.lm.segments import ItemSlot, UserSlot
from recexplainer_core.pocket.corpus import documents
from recexplainer_core.pocket.pretraining_tasks import next_item, rationale
from recexplainer_core.rationale.plan import Planner
from recexplainer_core.rationale.reading import citations
from tests.alignment.contexts import HISTORIES
from tests.fakes.tiny_lm import CATALOGUE, TITLES

GROUPS = {
    ("genres", "horror"): [0, 1],
    ("genres", "action"): [1],
    ("genres", "drama"): [*range(2, len(TITLES))],
}


def written(prompt) -> str:
    return "".join(segment.text for segment in prompt)


@pytest.mark.parametrize("seed", range(20))
def test_a_reason_is_about_the_asked_item_and_cites_its_history(seed):
    rng = random.Random(seed)
    asked, answer = rationale(CATALOGUE, Planner(CATALOGUE), GROUPS, 2, rng)
    cited = {c.item for c in citations(written(answer), CATALOGUE)}
    assert 2 in cited
    assert all(TITLES[item] in written(asked) for item in cited if item is not None)


@pytest.mark.parametrize("seed", range(10))
def test_the_next_item_stands_in_the_users_slot(seed):
    asked, answer = next_item(CATALOGUE, 3, random.Random(seed))
    assert written(answer) == TITLES[3]
    assert asked[1] == answer[0]


def test_no_slot_is_left_anywhere_in_the_corpus():
    texts = list(documents(CATALOGUE, HISTORIES, [0, 1, 2], random.Random(0)))
    assert not [s for asked, answer in texts for s in (*asked, *answer) if isinstance(s, UserSlot | ItemSlot)]


def test_only_the_given_users_histories_are_read():
    texts = [written(answer) for asked, answer in documents(CATALOGUE, HISTORIES, [1], random.Random(0))]
    assert [text for text in texts if "in order" in text] == [
        "Films watched by one viewer, in order: " + "; ".join(TITLES[i] for i in HISTORIES[1]) + "."
    ]
