"""Every screen on every kind of bundle: it opens, or says in words what is missing and what to do."""

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from recexplainer_core.errors import ModelError
from recexplainer_core.histories import Histories
from recexplainer_core.modes import AlignmentMode
from recexplainer_core.ui.shared import bundle_cache
from tests.pages.conftest import PROJECT, FakeApp

Make = Callable[..., FakeApp]
SCREENS = sorted(page.stem for page in (PROJECT / "pages").glob("*.py"))
NEED_THE_LLM = {"user_explorer", "compare_modes"}
NEED_A_USER = {"groups", "item", "user_explorer", "compare_modes", "what_if", "embedding_map"}
LOST = "no weights"


def opened(screen: str) -> AppTest:
    app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=120).run()
    return app.switch_page(f"pages/{screen}.py").run() if screen != "overview" else app


@pytest.mark.parametrize("screen", SCREENS)
def test_on_the_demo(screen: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    demo = str(PROJECT / "assets" / "demo-pocket")
    monkeypatch.setattr(sys, "argv", ["app.py", "--bundle", demo, "--ratings", str(tmp_path)])
    app = opened(screen)
    assert app.title and not app.exception and not app.error and not app.warning


@pytest.mark.parametrize("screen", SCREENS)
def test_with_a_single_mode(fake_app: Make, screen: str) -> None:
    app = fake_app(modes=[AlignmentMode.INTENTION]).open(screen)
    assert app.title and not app.exception and not app.error


@pytest.mark.parametrize("screen", SCREENS)
def test_without_maps_and_without_a_report(fake_app: Make, screen: str) -> None:
    fake = fake_app(maps=())
    fake.bundle.report = None
    app = fake.open(screen)
    assert app.title and not app.exception and not app.error


@pytest.mark.parametrize("screen", SCREENS)
def test_without_a_language_model(fake_app: Make, screen: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = fake_app()

    def lost(root: str, manifest_hash: str) -> None:
        raise ModelError(LOST)

    monkeypatch.setattr(bundle_cache, "_explainer", lost)
    app = fake.open(screen)
    assert app.title and not app.exception
    assert [LOST in error.value for error in app.error] == [True] * (screen in NEED_THE_LLM)


@pytest.mark.parametrize("screen", SCREENS)
def test_without_users(fake_app: Make, screen: str) -> None:
    fake = fake_app()
    fake.bundle.histories = Histories.from_lists([], [])
    fake.bundle.held_out = np.zeros(0, dtype=bool)
    fake.bundle.report = None
    app = fake.open(screen)
    assert not app.exception
    assert ["holds no users" in error.value for error in app.error] == [True] * (screen in NEED_A_USER)
