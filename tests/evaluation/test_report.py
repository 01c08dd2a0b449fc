import numpy as np
import pytest

from recexplainer_core.errors import UnknownNameError
from recexplainer_core.evaluation.report import measure
from recexplainer_core.histories import Histories
from recexplainer_core.lm.model import AlignedLM
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.progress import silent
from recexplainer_core.surrogate.engine import Engine
from tests.fakes.tiny_lm import CATALOGUE, target, write_adapters, write_llm

HISTORIES = Histories.from_lists([[0, 1], [2, 3, 4], [5, 6], [1, 7, 8], list(range(len(CATALOGUE)))])


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    llm = write_llm(tmp_path_factory.mktemp("llm"))
    lm = AlignedLM.load(llm, write_adapters(llm, tmp_path_factory.mktemp("adapters")))
    return Engine(lm, CATALOGUE, target())


def test_every_mode_is_measured_beside_what_knows_nothing(engine):
    said: list[tuple[int, int, str]] = []
    report = measure(engine, HISTORIES, np.arange(4), 0, lambda *step: said.append(step), copy=target())
    assert list(report["modes"]) == [
        "hybrid", "intention", "behaviour", "none", "distilled copy", "popularity", "random",
    ]  # fmt: skip
    assert report["modes"]["distilled copy"]["acc@1"] == {"value": 1.0, "low": 1.0, "high": 1.0}
    hybrid = report["modes"]["hybrid"]
    assert {"kendall_tau", "classification_accuracy", "history_coverage", "unresolved"} <= set(hybrid)
    assert "history_coverage" not in report["modes"]["behaviour"]
    assert set(report["groups"]) == set(report["calibration"]) == set(AlignmentMode)
    agreement = report["agreement"]
    assert agreement["user"] == list(HISTORIES.user_ids[:4])
    for mode, found in agreement["modes"].items():
        assert np.mean(found["same_first"]) == report["modes"][mode]["acc@1"]["value"]
        assert np.mean(found["rbo@10"]) == pytest.approx(report["modes"][mode]["rbo@10"]["value"], abs=1e-4)
        assert all(0 <= shared <= 10 for shared in found["shared"])
    assert said[-1][:2] == (16, 16)
    assert report == measure(engine, HISTORIES, np.arange(4), 0, silent, copy=target())


def test_who_has_seen_everything_is_left_out(engine):
    assert measure(engine, HISTORIES, np.array([1, 4]), 0, silent)["users"] == 1
    with pytest.raises(UnknownNameError, match="nobody to measure on"):
        measure(engine, HISTORIES, np.array([4]), 0, silent)


def test_groups_by_attributes_of_the_targets_first_choice(engine):
    lists = [[n % 9, (n + 1) % 9] for n in range(60)]
    groups = measure(engine, Histories.from_lists(lists), np.arange(60), 0, silent)["groups"]["hybrid"]
    by_attribute = [by for by in groups if by not in ("popularity of the first choice", "history length")]
    assert by_attribute and all(by.endswith(" of the first choice") for by in by_attribute)
    for by in by_attribute:
        values = CATALOGUE.attributes[by.removesuffix(" of the first choice")]
        assert {group["name"] for group in groups[by]} <= {value for item in values for value in item}
