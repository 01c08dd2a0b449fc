"""How often comparisons say the right order: of a surrogate that lists as the target does, and of its opposite."""

from dataclasses import dataclass

import pytest

from recexplainer_core.evaluation.faithfulness.contrast import contrast
from recexplainer_core.evaluation.faithfulness.metric import ModeRationales
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.rationale.explainer import Explainer
from recexplainer_core.recommenders.base import top_items
from tests.rationale.test_reasons import CATALOGUE, HISTORY, Surrogate


@dataclass
class OneUser:
    user: int = 0
    history: object = HISTORY


@pytest.mark.parametrize(("turned_round", "right"), [(False, 1.0), (True, 0.0)])
def test_the_order_is_right_where_the_surrogate_lists_as_the_target_does(turned_round: bool, right: float):
    surrogate = Surrogate({0: 0.0, 1: -9.0, 2: -9.0, 3: -9.0}, catalogue=CATALOGUE)
    [ranked] = top_items(surrogate.recommender, [HISTORY.recent], 10, [HISTORY.seen])
    listed = [one.item for one in ranked]
    surrogate.listed = listed[::-1] if turned_round else listed
    written = ModeRationales(Explainer(surrogate, "template"), AlignmentMode.HYBRID, [OneUser()], [], 0)
    found = {name: figure.value for name, figure in contrast(written).items()}
    assert [found[f"contrast_order, 1 and {place}"] for place in (2, 5, 10)] == [right] * 3
    assert found["contrast_true"] <= right and found["contrast_true, verified"] == 1.0
