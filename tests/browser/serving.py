"""Start the app in a process of its own, on the fake bundle or on a real one.

By hand, on the fake bundle: `python -m tests.browser.serving FOLDER PORT [nasty]`.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from streamlit.web import bootstrap

from recexplainer_core.rationale.explainer import Explainer
from recexplainer_core.ui.shared import bundle_cache
from tests.fakes.bundle import FakeEngine, write_fake_bundle

PROJECT = Path(__file__).parents[2]
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
START_S = 60.0


@contextmanager
def serving(command: Sequence[str]) -> Iterator[str]:
    """Run a command that serves on the port put in place of `{port}`; yield the address once it answers."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [part.format(port=port) for part in command],
        cwd=PROJECT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(f"http://localhost:{port}/_stcore/health", server)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait()


def fake_app(folder: Path, *options: str) -> list[str]:
    """Return the command that serves the fake bundle from `folder`."""
    return [sys.executable, "-m", "tests.browser.serving", str(folder), "{port}", *options]


def real_app(bundle: Path) -> list[str]:
    """Return the command that serves a bundle the way a user does."""
    return [
        *(sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", "{port}"),
        *("--server.headless", "true", "--server.fileWatcherType", "none", "--", "--bundle", str(bundle)),
    ]


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        if server.poll() is not None:
            raise RuntimeError(f"The app ended with exit status {server.returncode} before it served a page.")
        try:
            urllib.request.urlopen(address, timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The app did not answer within {START_S:.0f} seconds.")


def _serve_fake(folder: Path, port: int, nasty: bool) -> None:
    bundle = write_fake_bundle(folder, nasty)
    explainer = Explainer(FakeEngine(bundle.catalogue, bundle.recommender, pause_s=0.1), "fake")
    bundle_cache._bundle = lambda root, manifest_hash: bundle  # type: ignore[assignment]
    bundle_cache._explainer = lambda root, manifest_hash: explainer  # type: ignore[assignment]
    options = {"server.port": port, "server.headless": True, "server.fileWatcherType": "none"}
    bootstrap.load_config_options(options)
    bootstrap.run(
        str(PROJECT / "app.py"), False, ["--bundle", str(folder), "--ratings", f"{folder}.ratings"], options
    )


if __name__ == "__main__":
    _serve_fake(Path(sys.argv[1]), int(sys.argv[2]), "nasty" in sys.argv[3:])
