"""A metric of faithfulness is one file and one line: report, tables and downloads show it."""

from collections.abc import Callable

import numpy as np
import pytest

from recexplainer_core.evaluation.faithfulness.metric import METRICS, definitions
from recexplainer_core.evaluation.faithfulness.report import measure_faithfulness
from recexplainer_core.histories import Histories
from recexplainer_core.progress import silent
from recexplainer_core.rationale.explainer import Explainer
from recexplainer_core.surrogate.engine import Engine


@pytest.fixture(scope="module", autouse=True)
def registered(register: Callable) -> None:
    register(METRICS, "history_cited", "tests.extending.new_metric:METRIC")


def test_the_report_holds_the_new_figure(engine: Engine) -> None:
    histories = Histories.from_lists([[0, 2, 3], [4, 1, 7, 8], [9, 5]])
    users, popularity = np.arange(3), np.arange(len(engine.catalogue))
    report = measure_faithfulness(Explainer(engine), histories, users, popularity, 0, silent)
    figures = [report.modes[str(mode)]["history_cited"] for mode in engine.modes if mode != "none"]
    assert len(figures) == 3
    assert definitions()["history_cited"].direction == "describes, does not grade"
