import numpy as np
import pytest

from recexplainer_core.alignment.config import AlignmentConfig
from recexplainer_core.alignment.tasks.base import NEXT_ITEM
from recexplainer_core.errors import UnknownNameError
from recexplainer_core.evaluation.measuring import measure, whom_to_measure
from recexplainer_core.histories import Histories
from recexplainer_core.modes import ALIGNED
from recexplainer_core.progress import Progress, silent
from recexplainer_core.surrogate.engine import Engine
from tests.fakes.tiny_lm import CATALOGUE

HISTORIES = Histories.from_lists([[0, 1, 2], [2, 3, 4], [5, 6, 0], [1, 7, 8], list(range(len(CATALOGUE)))])


def test_who_has_seen_everything_is_left_out(engine: Engine) -> None:
    users, popularity = whom_to_measure(engine, HISTORIES, np.array([1, 4]))
    assert users.tolist() == [1] and popularity.sum() == 9 + len(CATALOGUE)
    with pytest.raises(UnknownNameError, match="nobody to measure on"):
        whom_to_measure(engine, HISTORIES, np.array([4]))


def test_a_report_holds_predictions_reasons_and_the_target_and_says_which_part_is_measured(
    engine: Engine,
) -> None:
    begun: list[str] = []

    def started(part: str) -> Progress:
        begun.append(part)
        return silent

    taught = AlignmentConfig(examples={NEXT_ITEM: 300})
    report = measure(engine, HISTORIES, np.array([0, 1]), np.array([2, 3, 4]), taught, 0, started, 4)
    assert begun == ["distilled copy", "evaluate", "reasons"]
    assert report.users == 2 and report.reasons.explanations == 4
    assert {"distilled copy", "popularity", "random"} <= set(report.modes)
    assert set(report.reasons.modes) == set(report.reasons.beside) == set(ALIGNED)
    assert all("changed_by_redrawn_target" in figures for figures in report.reasons.modes.values())
    assert list(report.to_json()["target"]) == ["hr@10", "ndcg@10"]
