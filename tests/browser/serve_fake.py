"""Run the app on the fake bundle: `python tests/browser/serve_fake.py FOLDER PORT [nasty]`."""

from __future__ import annotations

import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]
sys.path.insert(0, str(PROJECT))

from streamlit.web import bootstrap  # noqa: E402

from recexplainer_core.ui import bundle_cache  # noqa: E402
from tests.fakes.bundle import FakeEngine, write_fake_bundle  # noqa: E402


def serve(folder: Path, port: int, nasty: bool) -> None:
    """Patch what is loaded, then run the app as it is."""
    bundle = write_fake_bundle(folder, nasty)
    engine = FakeEngine(bundle.catalogue, bundle.recommender, pause_s=0.2)
    bundle_cache._bundle = lambda root, manifest_hash: bundle  # type: ignore[assignment]
    bundle_cache._engine = lambda root, manifest_hash: engine  # type: ignore[assignment]
    options = {"server.port": port, "server.headless": True, "server.fileWatcherType": "none"}
    bootstrap.load_config_options(options)
    bootstrap.run(str(PROJECT / "app.py"), False, ["--bundle", str(folder)], options)


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]), "nasty" in sys.argv[3:])
