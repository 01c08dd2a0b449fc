from collections.abc import Collection

import pytest
import torch

from recexplainer_core.alignment.answers import TitleOrNo
from recexplainer_core.alignment.tasks.evidence import still_listed
from recexplainer_core.alignment.tasks.rationale import rationale_examples
from recexplainer_core.grammar.teacher import SHARPNESS
from recexplainer_core.histories import History
from recexplainer_core.lm.segments import Cited, Content, ItemSlot
from recexplainer_core.modes import ALIGNED, AlignmentMode
from recexplainer_core.prompting.prompts import cited_title
from recexplainer_core.rationale.attribution import attribute
from recexplainer_core.rationale.reading import citations
from recexplainer_core.rationale.verdict import LISTED
from recexplainer_core.recommenders.base import top_items
from tests.alignment.contexts import answer_text, context_of
from tests.fakes.tiny_lm import CATALOGUE, TITLES, Additive, target


def chain(n: int) -> Additive:
    """After item i, those that follow it come first, the nearest of them before the others."""
    return Additive(torch.tensor([[float(n - (j - i) % n) for j in range(n)] for i in range(n)]))


def written(examples) -> list:
    """Those that are answered in words or titles, not with yes or no."""
    return [example for example in examples if not isinstance(example.answer, TitleOrNo)]


@pytest.mark.parametrize("mode", ALIGNED)
def test_what_is_asked_about_an_item_is_answered_about_it_and_cites_the_history(mode):
    kinds = set()
    for example in written(rationale_examples(context_of(mode), 60)):
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
    cited = [
        (example, segment)
        for example in written(rationale_examples(context_of(AlignmentMode.BEHAVIOUR), 60))
        for segment in example.answer
        if isinstance(segment, Cited) and segment.text in {cited_title(CATALOGUE, i) for i in example.history}
    ]
    assert cited
    for example, segment in cited:
        [found] = attribute(
            target(), [History.of(example.history)], [[i for i in range(10) if i not in example.history]]
        )
        rights = [dict(zip(example.history, one.effects.clip(0), strict=True)) for one in found]
        names = {cited_title(CATALOGUE, item): item for item in example.history} | {
            TITLES[item]: item for item in example.history
        }
        weights = {names[title]: weight for title, weight in segment.alternatives if title in names}
        assert any(weights == pytest.approx(_among(right, weights), abs=1e-9) for right in rights)
        assert weights[names[segment.text]] == max(weights.values())


def _among(contributions: dict[int, float], left: Collection[int]) -> dict[int, float]:
    """How right each of some items is, the strongest of them 1."""
    strongest = max(contributions[item] for item in left) or 1.0
    return {item: (contributions[item] / strongest) ** SHARPNESS for item in left}


def test_what_is_explained_is_to_be_named_of_all_that_can_be_cited():
    named = [
        (example, segment)
        for example in written(rationale_examples(context_of(AlignmentMode.BEHAVIOUR), 60))
        for segment in example.answer
        if isinstance(segment, Cited)
        and segment.text not in {cited_title(CATALOGUE, i) for i in example.history}
    ]
    assert named
    for example, segment in named:
        right = dict(segment.alternatives)
        assert right.pop(segment.text) == 1.0
        assert right == {cited_title(CATALOGUE, i): 0.0 for i in example.history}


def test_the_target_itself_says_who_stays_when_reasons_are_taken_away():
    examples = rationale_examples(context_of(AlignmentMode.BEHAVIOUR), 60)
    for example in (e for e in examples if isinstance(e.answer, TitleOrNo)):
        named = [TITLES.index(s.text) for s in example.prompt if isinstance(s, Content)]
        judged = example.answer.item
        removed = set(named[len(example.history) :]) - {judged}
        assert removed and removed <= set(example.history) and judged not in example.history
        left = [i for i in example.history if i not in removed]
        [ranked] = top_items(target(), [left], LISTED, [example.history])
        assert example.answer.chance == float(judged in [r.item for r in ranked])


def test_whether_an_item_is_still_listed_is_asked_of_all_at_once():
    many = chain(14)
    histories, seen = [[0], [3], [3]], [[0, 5], [3], [3]]
    assert still_listed(many, histories, [1, 4, 3 + LISTED], seen, at_once=2) == [True, True, True]
    assert still_listed(many, [[3]], [2], [[3]]) == [False]
    assert still_listed(many, [], [], []) == []
