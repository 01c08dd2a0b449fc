import time
from pathlib import Path

import pytest

from recexplainer_core.ui.your_data.jobs import Job, jobs_in


def until(job: Job, *states: str, seconds: float = 240) -> str:
    end = time.monotonic() + seconds
    while job.state not in states and time.monotonic() < end:
        time.sleep(0.2)
    return job.state


@pytest.fixture
def job(tmp_path: Path) -> Job:
    bundle = tmp_path / "bundles" / "mine"
    return Job(bundle, ("demo", "--out", str(bundle), "--quick", "--until", "data"))


def test_it_runs_by_itself_is_found_again_and_goes_on_where_it_was_stopped(job: Job):
    job.start()
    assert job.process is not None
    [found] = jobs_in(job.bundle.parent)
    assert found == job and found.state == "running"
    job.stop()
    assert job.process is None and job.state in ("stopped", "failed")
    job.start()
    assert until(job, "stopped", "failed") == "stopped"
    assert any(line.startswith("data: done") for line in job.lines)


def test_what_goes_wrong_is_said(tmp_path: Path):
    job = Job(tmp_path / "mine", ("table:nowhere.csv", "--out", str(tmp_path / "mine")))
    job.start()
    assert until(job, "failed") == "failed"
    assert any("nowhere.csv" in line for line in job.lines)


def test_a_bundle_that_is_there_is_finished(job: Job):
    job.bundle.mkdir(parents=True)
    (job.bundle / "manifest.json").write_text("{}")
    assert job.state == "finished"


def test_records_that_are_none_are_passed_over(tmp_path: Path):
    (tmp_path / "a.job.json").write_text("[1]")
    (tmp_path / "b.job.json").write_text('{"bundle": "elsewhere", "arguments": [], "pid": 1}')
    assert jobs_in(tmp_path) == []
