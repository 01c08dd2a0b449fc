import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from recexplainer_core.ui.shared import bundle_choice
from recexplainer_core.ui.shared.bundle_choice import places
from tests.fakes.bundle import write_fake_bundle
from tests.pages.conftest import PROJECT


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> AppTest:
    monkeypatch.setattr(sys, "argv", ["app.py", *arguments])
    return AppTest.from_file(str(PROJECT / "app.py"), default_timeout=60).run()


def test_without_a_bundle_it_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bundle_choice, "places", lambda arguments: places(arguments, tmp_path, tmp_path))
    app = run(monkeypatch)
    assert not app.exception
    assert "build demo" in app.code[0].value and "--bundle" in app.code[0].value


def test_a_folder_that_is_no_bundle_is_explained(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    app = run(monkeypatch, "--bundle", str(tmp_path))
    assert not app.exception and "build" in app.error[0].value


def test_a_damaged_bundle_is_explained(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    write_fake_bundle(tmp_path / "broken")
    app = run(monkeypatch, "--bundle", str(tmp_path / "broken"))
    assert not app.exception and len(app.error) == 1


def test_a_bundle_of_another_version_is_explained(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"format_version": 99}')
    app = run(monkeypatch, "--bundle", str(tmp_path))
    assert not app.exception and "99" in app.error[0].value


def test_a_misspelt_option_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    app = run(monkeypatch, "--bundel", "x")
    assert not app.exception and "bundel" in app.error[0].value


def test_with_several_bundles_the_sidebar_offers_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        write_fake_bundle(tmp_path / name)
    app = run(monkeypatch, "--bundles", str(tmp_path))
    assert {"one", "two"} <= set(app.sidebar.selectbox[0].options)
    app.sidebar.selectbox[0].select("two").run()
    assert app.query_params["bundle"] == "two"
