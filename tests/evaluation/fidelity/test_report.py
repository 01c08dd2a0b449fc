import numpy as np
import pytest

from recexplainer_core.evaluation.fidelity.report import measure_fidelity
from recexplainer_core.evaluation.intervals import Interval
from recexplainer_core.evaluation.measuring import whom_to_measure
from recexplainer_core.evaluation.report import Report
from recexplainer_core.histories import Histories
from recexplainer_core.lm.adapters import load_aligned
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.progress import Progress, silent
from recexplainer_core.surrogate.engine import Engine
from tests.fakes.tiny_lm import CATALOGUE, target, write_adapters, write_llm

HISTORIES = Histories.from_lists([[0, 1], [2, 3, 4], [5, 6], [1, 7, 8], list(range(len(CATALOGUE)))])


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    llm = write_llm(tmp_path_factory.mktemp("llm"))
    lm = load_aligned(llm, write_adapters(llm, tmp_path_factory.mktemp("adapters")))
    return Engine(lm, CATALOGUE, target())


def measured(engine: Engine, histories: Histories, n_users: int, progress: Progress = silent) -> Report:
    users, popularity = whom_to_measure(engine, histories, np.arange(n_users))
    return measure_fidelity(engine, histories, users, popularity, 0, progress, copy=target())


def test_every_mode_is_measured_beside_what_knows_nothing(engine):
    steps: list[tuple[int, int, str]] = []
    report = measured(engine, HISTORIES, 4, lambda *step: steps.append(step))
    assert list(report.modes) == [
        "hybrid", "intention", "behaviour", "none", "distilled copy", "popularity", "random",
    ]  # fmt: skip
    assert report.modes["distilled copy"]["acc@1"] == Interval(value=1.0, low=1.0, high=1.0)
    hybrid = report.modes["hybrid"]
    assert {"kendall_tau", "classification_accuracy", "history_coverage", "unresolved"} <= set(hybrid)
    assert "history_coverage" not in report.modes["behaviour"]
    assert set(report.groups) == set(report.calibration) == set(AlignmentMode)
    assert report.agreement.user == list(HISTORIES.user_ids[:4])
    for mode, found in report.agreement.modes.items():
        assert np.mean(found.same_first) == report.modes[mode]["acc@1"].value
        assert np.mean(found.rbo_at_10) == pytest.approx(report.modes[mode]["rbo@10"].value, abs=1e-4)
        assert all(0 <= shared <= 10 for shared in found.shared)
    assert steps[-1][:2] == (16, 16)
    assert report == measured(engine, HISTORIES, 4)


def test_groups_by_attributes_of_the_targets_first_choice(engine):
    lists = [[n % 9, (n + 1) % 9] for n in range(60)]
    groups = measured(engine, Histories.from_lists(lists), 60).groups["hybrid"]
    by_attribute = [by for by in groups if by not in ("popularity of the first choice", "history length")]
    assert by_attribute and all(by.endswith(" of the first choice") for by in by_attribute)
    for by in by_attribute:
        values = CATALOGUE.attributes[by.removesuffix(" of the first choice")]
        assert {group.name for group in groups[by]} <= {value for item in values for value in item}
