"""`teach-writer`: the small language model that words reasons is taught anew."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

_STAGE = "writer"


def teach_writer(
    out: Annotated[
        Path,
        typer.Option(help="Where checkpoints and the adapter go; an interrupted run goes on from there."),
    ],
    lessons: Annotated[int, typer.Option(min=1, help="Reasons that it learns to word.")] = 3600,
    seed: Annotated[int, typer.Option(help="Of the reasons, weights and order.")] = 0,
) -> None:
    """Teach the small language model that words reasons. It comes taught: no build needs this.

    The lesson is about items of several domains, none of them from a data set, so that the writer serves any catalogue.
    """
    from recexplainer_core.cli.displays import choose_display, silence_libraries
    from recexplainer_core.cli.fetch import fetch_if_named
    from recexplainer_core.files.places import require_folder_place
    from recexplainer_core.llm_writer.teaching import teach
    from recexplainer_core.llm_writer.writer import LLM
    from recexplainer_core.lm.sources import known_llms

    require_folder_place(out, "--out")
    silence_libraries()
    fetch_if_named(known_llms()[LLM])
    begun = time.monotonic()
    with choose_display(Console(stderr=True)) as display:
        teach(known_llms()[LLM].fetch(), out, lessons, seed, display.started(_STAGE))
        display.finished(_STAGE, {"lessons": lessons}, time.monotonic() - begun)
