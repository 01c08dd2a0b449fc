import json
import multiprocessing
from collections.abc import Callable
from pathlib import Path

import pytest

from recexplainer_core.errors import RecExplainerError
from recexplainer_core.pipeline.stages import Outcome, Stage, run_stages, work_folder
from recexplainer_core.progress import Progress, silent


class Watcher:
    def __init__(self) -> None:
        self.started_stages: list[str] = []
        self.found_finished: list[str] = []

    def started(self, stage: str) -> Progress:
        self.started_stages.append(stage)
        return silent

    def finished(self, stage: str, outcome: Outcome, seconds: float | None) -> None:
        if seconds is None:
            self.found_finished.append(stage)


def adds_one(work: Path, name: str, needs: tuple[str, ...]) -> Callable[[Path, Progress], Outcome]:
    """Return a stage's work: the sum of what earlier stages found, plus one."""

    def run(folder: Path, progress: Progress) -> Outcome:
        total = 1 + sum(int((work / need / "value").read_text()) for need in needs)
        (folder / "value").write_text(str(total))
        return {"value": total}

    return run


def chain(work: Path, **parameters: object) -> list[Stage]:
    """Return stages a, b (needs a), c (needs nothing), d (needs b and c)."""
    needs = {"a": (), "b": ("a",), "c": (), "d": ("b", "c")}
    return [Stage(n, k, {"p": parameters.get(n, 0)}, adds_one(work, n, k)) for n, k in needs.items()]


def test_finished_stages_are_not_run_again_and_their_outcome_is_known(tmp_path: Path) -> None:
    first, second = Watcher(), Watcher()
    outcomes = run_stages(chain(tmp_path), tmp_path, first)
    assert first.started_stages == ["a", "b", "c", "d"]
    assert outcomes == {"a": {"value": 1}, "b": {"value": 2}, "c": {"value": 1}, "d": {"value": 4}}
    assert run_stages(chain(tmp_path), tmp_path, second) == outcomes
    assert (second.started_stages, second.found_finished) == ([], ["a", "b", "c", "d"])


@pytest.mark.parametrize(("changed", "again"), [("a", "abd"), ("b", "bd"), ("c", "cd"), ("d", "d")])
def test_a_changed_parameter_redoes_the_stage_and_what_depends_on_it(
    tmp_path: Path, changed: str, again: str
) -> None:
    run_stages(chain(tmp_path), tmp_path, Watcher())
    watcher = Watcher()
    run_stages(chain(tmp_path, **{changed: 1}), tmp_path, watcher)
    assert "".join(watcher.started_stages) == again


def interrupted(folder: Path, progress: Progress) -> Outcome:
    with (folder / "attempts").open("a") as file:
        file.write("x")
    if (folder / "attempts").read_text() == "x":
        raise KeyboardInterrupt
    return {}


def test_an_unfinished_stage_finds_what_its_interrupted_attempt_left(tmp_path: Path) -> None:
    stages = [Stage("train", (), {"p": 0}, interrupted)]
    with pytest.raises(KeyboardInterrupt):
        run_stages(stages, tmp_path, Watcher())
    run_stages(stages, tmp_path, Watcher())
    assert (tmp_path / "train" / "attempts").read_text() == "xx"


def test_with_other_parameters_nothing_of_an_interrupted_attempt_is_left(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        run_stages([Stage("train", (), {"p": 0}, interrupted)], tmp_path, Watcher())
    with pytest.raises(KeyboardInterrupt):
        run_stages([Stage("train", (), {"p": 1}, interrupted)], tmp_path, Watcher())
    assert (tmp_path / "train" / "attempts").read_text() == "x"


@pytest.mark.parametrize("record", ["", "{", "[]", '{"key": 3}'])
def test_a_damaged_record_means_the_stage_is_run_again(tmp_path: Path, record: str) -> None:
    run_stages(chain(tmp_path), tmp_path, Watcher())
    (tmp_path / "c" / "stage.json").write_text(record)
    watcher = Watcher()
    run_stages(chain(tmp_path), tmp_path, watcher)
    # d stays: what it needs has the same parameters and so the same result.
    assert watcher.started_stages == ["c"]


def test_the_record_says_what_the_stage_ran_with(tmp_path: Path) -> None:
    run_stages(chain(tmp_path, b=7), tmp_path, Watcher())
    record = json.loads((tmp_path / "b" / "stage.json").read_text())
    assert (record["parameters"], record["finished"], record["outcome"]) == ({"p": 7}, True, {"value": 2})


def test_the_work_folder_goes_when_it_is_done_with(tmp_path: Path) -> None:
    work = tmp_path / "out.build"
    with work_folder(work, keep=False):
        run_stages(chain(work), work, Watcher())
    assert not work.exists()


@pytest.mark.parametrize("keep", [True, False])
def test_the_work_folder_stays_when_it_is_kept_or_the_work_failed(tmp_path: Path, keep: bool) -> None:
    work = tmp_path / "out.build"
    if keep:
        with work_folder(work, keep=True):
            run_stages(chain(work), work, Watcher())
    else:
        with pytest.raises(KeyboardInterrupt), work_folder(work, keep=False):
            run_stages([*chain(work), Stage("train", (), {}, interrupted)], work, Watcher())
    assert (work / "d" / "value").read_text() == "4"


def test_a_file_of_ones_own_in_the_work_folder_survives(tmp_path: Path) -> None:
    work = tmp_path / "out.build"
    with work_folder(work, keep=False):
        (work / "notes.txt").write_text("mine")
    assert (work / "notes.txt").read_text() == "mine"


def _try_to_work(work: Path, answers: multiprocessing.Queue) -> None:
    try:
        with work_folder(work, keep=True):
            answers.put("worked")
    except RecExplainerError as fault:
        answers.put(str(fault))


def test_two_builds_do_not_work_in_one_folder(tmp_path: Path) -> None:
    work = tmp_path / "out.build"
    context = multiprocessing.get_context("fork")

    def another() -> str:
        answers = context.Queue()
        process = context.Process(target=_try_to_work, args=(work, answers))
        process.start()
        process.join()
        return answers.get()

    with work_folder(work, keep=True):
        assert "Another build is working in" in another()
    assert another() == "worked"
