"""`app`: the app in a browser, from any folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from recexplainer_core.locations import SHIPPED


def open_app(
    bundle: Annotated[Path | None, typer.Option(help="Show this bundle only.")] = None,
    bundles: Annotated[
        Path | None, typer.Option(help="Offer every bundle in here.", show_default="bundles")
    ] = None,
    ratings: Annotated[
        Path | None, typer.Option(help="Keep ratings in here.", show_default="ratings")
    ] = None,
    port: Annotated[int | None, typer.Option(help="Where it is served.", show_default="8501")] = None,
    browser: Annotated[bool, typer.Option(help="Open a browser window.")] = True,
) -> None:
    """Start the app; it runs until Ctrl+C."""
    named = {"--bundle": bundle, "--bundles": bundles, "--ratings": ratings}
    options = [word for name, folder in named.items() if folder for word in (name, str(folder))]
    server = [
        *(["--server.port", str(port)] if port else []),
        *([] if browser else ["--server.headless", "true"]),
    ]
    command = [sys.executable, "-m", "streamlit", "run", str(SHIPPED / "app.py"), *server, "--", *options]
    try:
        status = subprocess.run(command).returncode
    except KeyboardInterrupt:
        status = 0
    raise typer.Exit(status)
