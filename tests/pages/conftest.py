"""The app on a bundle and an engine with known answers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.components.v2.manifest_scanner import scan_component_manifests
from streamlit.testing.v1 import AppTest

from recexplainer_core.rationale.explainer import Explainer
from recexplainer_core.ui.shared import bundle_cache
from tests.fakes.bundle import FakeBundle, FakeEngine, write_fake_bundle

PROJECT = Path(__file__).parents[2]


@dataclass
class FakeApp:
    """An app that has not run yet, and what it will find."""

    bundle: FakeBundle
    engine: FakeEngine

    def open(self, page: str = "user_explorer", **link: str) -> AppTest:
        app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=20)
        for name, value in link.items():
            app.query_params[name] = value
        app.run()
        return app.switch_page(f"pages/{page}.py").run() if page != "overview" else app


@pytest.fixture(scope="session", autouse=True)
def components_are_looked_for_once() -> Iterator[None]:
    """Streamlit reads the metadata of every installed package each time a test opens the app: a third of its time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(scan_component_manifests))
        yield


@pytest.fixture(autouse=True)
def empty_caches() -> None:
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def fake_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., FakeApp]:
    def make(**settings: object) -> FakeApp:
        bundle = write_fake_bundle(tmp_path / "fake", **settings)  # type: ignore[arg-type]
        engine = FakeEngine(bundle.catalogue, bundle.recommender)
        monkeypatch.setattr(bundle_cache, "_bundle", lambda root, manifest_hash: bundle)
        explainer = Explainer(engine, "fake")
        monkeypatch.setattr(bundle_cache, "_explainer", lambda root, manifest_hash: explainer)
        ratings = str(tmp_path / "ratings")
        monkeypatch.setattr(sys, "argv", ["app.py", "--bundle", str(bundle.root), "--ratings", ratings])
        return FakeApp(bundle, engine)

    return make
