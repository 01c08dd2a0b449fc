"""Arguments that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from recexplainer_core.locations import ASSETS


def find_bundle(folder: Path | None) -> Path | None:
    """Take `demo` for the shipped one where there is no such folder: an installed program has no assets/demo."""
    return ASSETS / "demo" if folder == Path("demo") and not folder.exists() else folder


BundleFolder = Annotated[
    Path,
    typer.Argument(
        metavar="BUNDLE", help="A bundle's folder, or demo.", show_default=False, callback=find_bundle
    ),
]
