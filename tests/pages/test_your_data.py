import json
import sys
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from recexplainer_core.ui.shared import bundle_choice
from recexplainer_core.ui.shared.bundle_choice import places
from recexplainer_core.ui.your_data.jobs import Job
from tests.fakes.bundle import write_fake_bundle
from tests.pages.conftest import PROJECT


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AppTest:
    """The app where there is no bundle at all, and the folder for those that will be is `tmp_path`."""
    monkeypatch.setattr(bundle_choice, "places", lambda arguments: places(arguments, tmp_path, tmp_path))
    monkeypatch.setattr(sys, "argv", ["app.py", "--bundles", str(tmp_path)])
    return AppTest.from_file(str(PROJECT / "app.py"), default_timeout=60)


def opened(app: AppTest) -> AppTest:
    return app.run().switch_page("pages/your_data.py").run()


def dropped(app: AppTest, tmp_path: Path, item_ids: list[str]) -> AppTest:
    rows = [(f"u{u}", f"i{i}") for u in range(8) for i in range(5)]
    pd.DataFrame(rows, columns=["user", "item"]).to_csv(tmp_path / "c.csv", index=False)
    pd.DataFrame({"item": item_ids, "title": list("ABCDE")}).to_csv(tmp_path / "i.csv", index=False)
    for number, name in enumerate(("c.csv", "i.csv")):
        app.get("file_uploader")[number].upload(name, (tmp_path / name).read_bytes(), "text/csv")
        app.run()
    return app


def test_it_can_be_reached_where_there_is_no_bundle(app: AppTest) -> None:
    opened(app)
    assert not app.exception and not app.error
    assert app.title[0].value == "Your data"


def test_a_build_that_was_started_is_shown_with_what_it_said(app: AppTest, tmp_path: Path) -> None:
    job = Job(tmp_path / "mine", ("demo", "--out", str(tmp_path / "mine")))
    job.record.write_text(
        json.dumps({"pid": 2**22 + 1, "bundle": str(job.bundle), "arguments": list(job.arguments)})
    )
    job.log.write_text("data: started\nError: the disk is full.\n")
    opened(app)
    assert "failed" in " ".join(one.value for one in app.markdown)
    assert "the disk is full" in app.code[0].value
    assert any(one.label == "Go on" for one in app.button)


def test_a_finished_one_opens(app: AppTest, tmp_path: Path) -> None:
    for name in ("mine", "other"):
        write_fake_bundle(tmp_path / name)
    job = Job(tmp_path / "mine", ())
    job.record.write_text(json.dumps({"pid": 2**22 + 1, "bundle": str(job.bundle), "arguments": []}))
    opened(app)
    next(one for one in app.button if one.label == "Open").click().run()
    assert app.query_params["bundle"] == "mine"


def test_files_that_were_dropped_are_read_and_built_by_a_process_of_their_own(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Job] = []
    monkeypatch.setattr(Job, "start", lambda job: started.append(job))
    dropped(opened(app), tmp_path, [f"i{i}" for i in range(5)])
    assert not app.exception and "5 items and the histories of 8 users" in app.success[0].value
    app.text_input(key="build_name").set_value("mine").run()
    next(one for one in app.button if one.label == "Build it").click().run()
    [job] = started
    assert job.bundle == tmp_path / "mine" and "--quick" in job.arguments
    assert all((tmp_path / "mine.data" / name).is_file() for name in ("choices.parquet", "items.parquet"))


def test_what_is_wrong_with_them_is_said(app: AppTest, tmp_path: Path) -> None:
    dropped(opened(app), tmp_path, [f"x{i}" for i in range(5)])
    assert not app.exception and app.error
    assert not any(one.label == "Build it" for one in app.button)
