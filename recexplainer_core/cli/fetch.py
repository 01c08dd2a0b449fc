"""`fetch`: a language model now, so that no network is needed later."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from recexplainer_core.cli.options import find_bundle
from recexplainer_core.cli.words import printable
from recexplainer_core.errors import UnknownNameError
from recexplainer_core.lm.sources import known_llms

if TYPE_CHECKING:
    from recexplainer_core.lm.sources import PinnedLLM

_STAGE = "language model"


def fetch(
    what: Annotated[
        str,
        typer.Argument(
            metavar="LLM|BUNDLE",
            help=f"A word for a language model ({', '.join(known_llms())}), or the folder of a bundle that names one.",
            show_default=False,
        ),
    ],
) -> None:
    """Fetch a language model into the cache, or say where it lies there."""
    from recexplainer_core.bundle import read_manifest

    console = Console()
    llm = known_llms().get(what)
    if llm is None:
        folder = find_bundle(Path(what)) or Path(what)
        if not folder.is_dir():
            raise UnknownNameError(
                f"{what} is neither a language model that is known by a word ({', '.join(known_llms())}) nor the "
                "folder of a bundle. A build fetches those of the Hugging Face hub itself: --llm HUB_ID."
            )
        llm = read_manifest(folder).llm
        if llm is None:
            console.print(
                f"{folder} holds its language model; there is nothing to fetch.", markup=False, soft_wrap=True
            )
            return
    fetch_if_named(llm)
    console.print(f"{printable(llm.name)} is in {llm.fetch()}.", markup=False, soft_wrap=True)


def fetch_if_named(llm: PinnedLLM | None) -> None:
    """Fetch the model that a bundle names, while a bar is shown, unless this machine has it or the bundle holds one.

    Raises:
        ModelError: it cannot be fetched.
    """
    if llm is None or llm.find() is not None:
        return
    from recexplainer_core.cli.displays import choose_display, silence_libraries

    silence_libraries()
    begun = time.monotonic()
    with choose_display(Console(stderr=True)) as display:
        llm.fetch(display.started(_STAGE))
        display.finished(_STAGE, {"fetched": llm.name}, time.monotonic() - begun)
