"""`app`: the app in a browser, from any folder."""

from __future__ import annotations

import runpy
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
        Path | None, typer.Option(help="Keep people's ratings in here.", show_default="ratings")
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="Where it is served.", show_default="8501 or the next free one")
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open it in a browser.")] = True,
) -> None:
    """Start the app on the demo, a bundle, or a folder of them; it runs until Ctrl-C."""
    folders = {"--bundle": bundle, "--bundles": bundles, "--ratings": ratings}
    options = [word for name, folder in folders.items() if folder for word in (name, str(folder))]
    server = [
        *(["--server.port", str(port)] if port else []),
        *([] if browser else ["--server.headless=true"]),
    ]
    sys.argv = ["streamlit", "run", str(SHIPPED / "app.py"), *server, "--", *options]
    # In this very process, so that a signal reaches the server.
    runpy.run_module("streamlit", run_name="__main__")
