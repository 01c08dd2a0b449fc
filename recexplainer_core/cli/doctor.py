"""`doctor`: is everything in order?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from recexplainer_core.cli.options import find_bundle
from recexplainer_core.cli.words import printable

FAULTY = 2


def doctor(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[BUNDLE]",
            help="A bundle's folder, or demo, to check as well.",
            show_default=False,
            callback=find_bundle,
        ),
    ] = None,
) -> None:
    """Check this machine and, if one is given, a bundle with a live prediction in every mode."""
    from recexplainer_core.cli.diagnosis import State, examine_bundle, examine_machine
    from recexplainer_core.cli.displays import silence_libraries

    silence_libraries()
    console = Console()
    styles = {State.GOOD: "green", State.NOTE: "yellow", State.FAULT: "bold red"}
    faulty = False
    checks = [examine_machine()] if folder is None else [examine_machine(), examine_bundle(folder)]
    for check in (check for part in checks for check in part):
        faulty |= check.state is State.FAULT
        line = Text.assemble(
            (f"{check.state:<6}", styles[check.state]), f"{check.name}: {printable(check.detail)}"
        )
        console.print(line, soft_wrap=True)
    if faulty:
        raise typer.Exit(FAULTY)
