"""`benchmark`: how fast this machine teaches and answers."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from recexplainer_core.cli.evaluate import taught
from recexplainer_core.cli.fetch import fetch_if_named
from recexplainer_core.cli.options import BundleFolder

CATALOGUES = (1_000, 10_000, 100_000)


def benchmark(
    folder: BundleFolder,
    steps: Annotated[int, typer.Option(min=1, help="Training steps that are timed for each choice.")] = 10,
    answers: Annotated[int, typer.Option(min=1, help="Users that are timed for each catalogue.")] = 5,
) -> None:
    """Time alignment and decoding with a bundle's models, and say what each choice brings."""
    import numpy as np

    from recexplainer_core.alignment.benchmark import alignment_speeds
    from recexplainer_core.bundle import Bundle
    from recexplainer_core.cli.displays import silence_libraries
    from recexplainer_core.surrogate.benchmark import decoding_seconds

    silence_libraries()
    console = Console()
    bundle = Bundle.open(folder)
    fetch_if_named(bundle.manifest.llm)
    users = np.flatnonzero(~bundle.held_out)
    learning = Table("mode", "choice", "questions/s", "tokens/s", title="Alignment, as the bundle was taught")
    for mode in bundle.modes:
        for speed in alignment_speeds(
            bundle.llm_folder(),
            mode,
            bundle.catalogue,
            bundle.histories,
            users,
            bundle.recommender,
            taught(bundle.manifest.stages),
            steps,
        ):
            learning.add_row(mode, speed.choice, f"{speed.examples:,.0f}", f"{speed.tokens:,.0f}")
    console.print(learning)
    lm, size = bundle.load_surrogate(), bundle.recommender.item_vectors.shape[1]
    decoding = Table(
        "titles", "ms", "times", title=f"One user's lists in {len(bundle.modes)} modes, made-up titles"
    )
    first = 0.0
    for n_titles in CATALOGUES:
        seconds = decoding_seconds(lm, size, n_titles, answers, bundle.modes)
        first = first or seconds
        decoding.add_row(f"{n_titles:,}", f"{1000 * seconds:,.0f}", f"{seconds / first:.2f}")
    console.print(decoding)
