import numpy as np
import pytest

from recexplainer_core.errors import UnknownNameError
from recexplainer_core.evaluation.report import measure
from recexplainer_core.histories import Histories
from recexplainer_core.progress import silent
from recexplainer_core.recommenders.base import top_items
from recexplainer_core.surrogate.engine import Engine, Prediction
from recexplainer_core.surrogate.modes import AlignmentMode
from tests.surrogate.tiny_lm import CATALOGUE, target

HISTORIES = Histories.from_lists([[0, 1], [2, 3, 4], [5, 6], [1, 7, 8]])


class Mimic(Engine):
    """Hybrid says what the target says; behaviour says it backwards."""

    def __init__(self) -> None:
        self.catalogue, self.recommender = CATALOGUE, target()
        self.modes = (AlignmentMode.NONE, AlignmentMode.BEHAVIOUR, AlignmentMode.HYBRID)

    def predict(self, histories, modes, k=10, seen=None):
        rows = []
        for ranked, mode in zip(top_items(self.recommender, histories, k, seen), modes, strict=True):
            items = [r.item for r in ranked]
            rows.append([Prediction(i, 0.0) for i in (items if mode == "hybrid" else items[::-1])])
        return rows


def test_a_perfect_mimic_scores_one_and_a_reversed_one_nothing():
    report = measure(Mimic(), HISTORIES, np.arange(4), 0, silent)
    modes = report["modes"]
    assert modes["hybrid"]["acc@1"] == {"value": 1.0, "low": 1.0, "high": 1.0}
    assert modes["behaviour"]["acc@1"]["value"] == 0
    assert modes["behaviour"]["hr@5"]["value"] == 0
    assert modes["behaviour"]["overlap@10"]["value"] == 1
    assert list(modes) == ["hybrid", "behaviour", "none", "popularity", "random"]
    assert report["users"] == 4


def test_who_has_seen_everything_is_left_out():
    histories = Histories.from_lists([list(range(len(CATALOGUE))), [0, 1]])
    assert measure(Mimic(), histories, np.arange(2), 0, silent)["users"] == 1
    with pytest.raises(UnknownNameError, match="nobody to measure on"):
        measure(Mimic(), histories, np.arange(1), 0, silent)
