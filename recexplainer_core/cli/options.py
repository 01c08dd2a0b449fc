"""Arguments that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from recexplainer_core.locations import ASSETS


def find_bundle(folder: Path | None) -> Path | None:
    """Take the name of a shipped bundle for it where there is no such folder: an installed program has no assets."""
    if folder is None or folder.exists() or len(folder.parts) != 1:
        return folder
    shipped = ASSETS / folder
    return shipped if (shipped / "manifest.json").is_file() else folder


BundleFolder = Annotated[
    Path,
    typer.Argument(
        metavar="BUNDLE",
        help="A bundle's folder, or demo, or demo-pocket.",
        show_default=False,
        callback=find_bundle,
    ),
]
