"""Arguments that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

BundleFolder = Annotated[
    Path, typer.Argument(metavar="BUNDLE", help="A bundle's folder.", show_default=False)
]
